internal import Foundation

/// What scripts of a search see: `doc`, `params`, `_score`, and functions for scores.
final class SearchEnvironment: ScriptEnvironment {
    /// Gives what was computed for all documents at once; nil where a call must be computed here.
    typealias Columns = (_ site: Int) throws(ScriptFault) -> Double?

    private let parameters: ScriptValue
    private var document: DocObject
    private var score: Double?
    private let columns: Columns

    init(parameters: ScriptValue, document: any DocumentValues, score: Double?, columns: @escaping Columns) {
        self.parameters = parameters
        self.document = DocObject(document)
        self.score = score
        self.columns = columns
    }

    func global(_ name: String) throws(ScriptFault) -> ScriptValue {
        switch name {
        case "params": return parameters
        case "doc": return .object(document)
        case "_score":
            guard let score else { throw .unknownSymbol(name) }
            return .double(score)
        default: throw .unknownSymbol(name)
        }
    }

    func precomputed(site: Int) throws(ScriptFault) -> ScriptValue? { try columns(site).map { .double($0) } }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue {
        if let function = VectorScriptFunction(rawValue: name) { return .double(try vector(function, arguments, run)) }
        guard let function = ScoreFunction(name) else { throw .unknownCall(name: name, arguments: arguments.count) }
        return .double(try function.value(arguments))
    }

    /// A function of a vector that only the run itself knows.
    private func vector(
        _ function: VectorScriptFunction, _ arguments: [ScriptValue], _ run: Interpreter
    ) throws(ScriptFault) -> Double {
        guard case .string(let field) = arguments[1] else { throw .cannotCast(from: arguments[1].typeName, to: "java.lang.String") }
        guard case .list(let list) = arguments[0] else { throw .unusableValue(arguments[0].typeName) }
        guard let vector = try document.values(of: field).vector else { throw .notAVector(field) }
        guard !vector.isEmpty else { throw .missingVector }
        guard vector.count == list.elements.count else {
            throw .vectorDimensions(actual: list.elements.count, expected: vector.count)
        }
        try run.budget.charge(vector.count)
        return function.value(list.elements.map { Float($0.double) }, vector)
    }
}

/// Functions of a query vector and a field's.
public enum VectorScriptFunction: String, CaseIterable, Hashable, Sendable {
    case cosineSimilarity, dotProduct, l1norm, l2norm, hamming

    /// The value for two vectors of the same length.
    func value(_ query: [Float], _ vector: [Float]) -> Double {
        let pairs = zip(query, vector)
        switch self {
        case .dotProduct: return pairs.reduce(0) { $0 + Double($1.0) * Double($1.1) }
        case .cosineSimilarity:
            let magnitude = { (vector: [Float]) in vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() }
            return Self.dotProduct.value(query, vector) / (magnitude(query) * magnitude(vector))
        case .l1norm: return pairs.reduce(0) { $0 + Double(abs($1.0 - $1.1)) }
        case .l2norm: return pairs.reduce(0) { $0 + pow(Double($1.0) - Double($1.1), 2) }.squareRoot()
        case .hamming:
            return pairs.reduce(0) { sum, pair in
                let bits = Int8(exactly: pair.0).flatMap { query in Int8(exactly: pair.1).map { query ^ $0 } } ?? 0
                return sum + Double(bits.nonzeroBitCount)
            }
        }
    }
}
