/// A text that grows.
final class StringBuilderObject: ScriptObject {
    private(set) var text = ""

    let typeName = "java.lang.StringBuilder"

    func append(_ more: String, _ budget: Budget) throws(ScriptFault) {
        try budget.charge(bytes: more.utf8.count)
        text += more
    }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("append", 1): try append(try arguments[0].text(run.budget), run.budget)
        case ("length", 0): return .int(Int32(clamping: text.utf16.count))
        case ("reverse", 0):
            try run.budget.charge(bytes: text.utf8.count)
            text = String(text.reversed())
        case ("setLength", 1):
            let count = try run.index(arguments[0]), units = text.utf16
            guard 0...units.count ~= count else { throw .stringIndexOutOfBounds(begin: 0, end: count, count: units.count) }
            text = String(decoding: Array(units.prefix(count)), as: UTF16.self)
        case ("insert", 2):
            let index = try run.index(arguments[0]), units = Array(text.utf16)
            guard 0...units.count ~= index else { throw .stringIndexOutOfBounds(begin: index, end: index, count: units.count) }
            let added = try arguments[1].text(run.budget)
            try run.budget.charge(bytes: added.utf8.count + text.utf8.count)
            text = String(decoding: units[..<index] + Array(added.utf16) + units[index...], as: UTF16.self)
        default:
            return try Method(name: name, arguments: arguments, lambda: nil, run: run).call(on: text)
        }
        return .object(self)
    }
}
