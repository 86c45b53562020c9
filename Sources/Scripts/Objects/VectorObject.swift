/// The vector of a document in one field: what `field('v').get()` gives.
final class VectorObject: ScriptObject {
    enum Content {
        case floats([Float])
        /// Eight a byte.
        case bits([Int8])
    }

    let content: Content

    init(_ content: Content) {
        self.content = content
    }

    let typeName = "org.elasticsearch.script.field.vectors.DenseVector"
    var text: String { typeName }

    var isEmpty: Bool {
        switch content {
        case .floats(let values): values.isEmpty
        case .bits(let values): values.isEmpty
        }
    }

    /// Euclidean; of bits, of the number of those that are set.
    var magnitude: Float {
        switch content {
        case .floats(let values): values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        case .bits(let values): Float(values.reduce(0) { $0 + $1.nonzeroBitCount }).squareRoot()
        }
    }

    /// What methods of no vector say.
    private static let missing = ScriptFault.thrown(
        type: "IllegalArgumentException",
        message: "Dense vector value missing for a field, use isEmpty() to check for a missing vector value")

    func components(_ run: Interpreter) throws(ScriptFault) -> ScriptValue {
        switch content {
        case .floats(let values): try run.makeList(values.map { .float($0) }, kind: .array)
        case .bits(let values): try run.makeList(values.map { .int(Int32($0)) }, kind: .array)
        }
    }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        if isEmpty, !["isEmpty", "size"].contains(name) { throw Self.missing }
        switch (name, arguments.count) {
        case ("getVector", 0): return try components(run)
        case ("getMagnitude", 0): return .float(magnitude)
        case ("isEmpty", 0): return .bool(isEmpty)
        case ("size", 0): return .int(isEmpty ? 0 : 1)
        case ("getDims", 0):
            switch content {
            case .floats(let values): return .int(Int32(clamping: values.count))
            case .bits(let values): return .int(Int32(clamping: values.count * 8))
            }
        case ("dotProduct", 1): return .double(try compare(.dotProduct, arguments[0], run))
        case ("cosineSimilarity", 1): return .double(try compare(.cosineSimilarity, arguments[0], run))
        case ("l1Norm", 1), ("l1norm", 1): return .double(try compare(.l1norm, arguments[0], run))
        case ("l2Norm", 1), ("l2norm", 1): return .double(try compare(.l2norm, arguments[0], run))
        case ("hamming", 1): return .double(try compare(.hamming, arguments[0], run))
        default: return nil
        }
    }

    /// The value of a function of a query vector: a list of numbers, or hexadecimal digits of bytes.
    func compare(_ function: VectorScriptFunction, _ query: ScriptValue, _ run: Interpreter) throws(ScriptFault) -> Double {
        guard !isEmpty else { throw .missingVector }
        let query = try Self.numbers(query)
        try run.budget.charge(query.count)
        switch content {
        case .floats(let vector):
            guard query.count == vector.count else { throw .vectorDimensions(actual: query.count, expected: vector.count) }
            return function.value(query, vector)
        case .bits(let vector): return try function.value(query, bits: vector)
        }
    }

    private static func numbers(_ value: ScriptValue) throws(ScriptFault) -> [Float] {
        switch value {
        case .list(let list):
            var numbers: [Float] = []
            numbers.reserveCapacity(list.elements.count)
            for element in list.elements {
                guard element.numericType != nil else { throw .cannotCast(from: element.typeName, to: "java.lang.Number") }
                numbers.append(Float(element.double))
            }
            return numbers
        case .string(let text):
            let digits = Array(text.utf8)
            guard digits.count % 2 == 0 else { throw .unusableValue(text) }
            var numbers: [Float] = []
            for index in stride(from: 0, to: digits.count, by: 2) {
                guard let byte = UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16) else {
                    throw .unusableValue(text)
                }
                numbers.append(Float(Int8(bitPattern: byte)))
            }
            return numbers
        case .null: throw .nullReference(nil)
        default: throw .unusableValue(value.typeName)
        }
    }
}
