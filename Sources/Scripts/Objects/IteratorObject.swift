/// What `iterator()` gives. It removes nothing.
final class IteratorObject: ScriptObject {
    private let values: [ScriptValue]
    private var next = 0

    init(_ values: [ScriptValue]) {
        self.values = values
    }

    let typeName = "java.util.Iterator"
    var text: String { typeName }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("hasNext", 0): return .bool(next < values.count)
        case ("next", 0):
            guard next < values.count else { throw .noSuchElement }
            next += 1
            return values[next - 1]
        default: return nil
        }
    }
}
