/// What scripts of a search see: `doc`, `params`, `_score`, and functions. It goes from document to document.
final class SearchEnvironment: ScriptEnvironment {
    private let parameters: ScriptMap
    /// Whether the script reads `params._source`.
    private let readsSource: Bool
    private let document = DocObject(NoDocumentValues())
    private var score: Double?
    /// Further globals: `_value`, `state`, …
    var globals: [String: ScriptValue] = [:]
    /// Gives what was computed for all documents at once; nil where a call must be computed here.
    var columns: ((_ site: Int) throws(ScriptFault) -> Double?)?
    /// What `emit` was given.
    private(set) var emitted: [ScriptValue] = []
    private var sourceParameters: ScriptValue?

    /// - Parameter parameters: in place of the script's own; a map that the script may change.
    init(_ compiled: CompiledScript, parameters: ScriptMap? = nil) {
        self.parameters = parameters ?? compiled.frozenParameters()
        readsSource = compiled.script.source.contains("_source") || compiled.script.source.contains("_fields")
    }

    func move(to document: any DocumentValues, score: Double?) {
        self.document.move(to: document)
        self.score = score
        sourceParameters = nil
        emitted.removeAll(keepingCapacity: true)
    }

    func global(_ name: String) throws(ScriptFault) -> ScriptValue {
        switch name {
        case "doc": return .object(document)
        case "params": return readsSource ? try parametersWithSource() : .map(parameters)
        case "_score":
            guard let score else { throw .unknownSymbol(name) }
            return .double(score)
        default:
            // A Lucene expression names its parameters alone.
            guard let value = globals[name] ?? parameters[name] else { throw .unknownSymbol(name) }
            return value
        }
    }

    private func parametersWithSource() throws(ScriptFault) -> ScriptValue {
        if let sourceParameters { return sourceParameters }
        guard let source = try document.document.source() else { return .map(parameters) }
        var members = parameters.pairs.map { ($0.key, $0.value) }
        members.append((.string("_source"), ScriptValue(source, isFrozen: true)))
        // What is stored beside the source is what the columns hold.
        members.append((.string("_fields"), .object(document)))
        let map = ScriptMap(isFrozen: true, members)
        sourceParameters = .map(map)
        return .map(map)
    }

    func precomputed(site: Int) throws(ScriptFault) -> ScriptValue? {
        guard let columns else { return nil }
        return try columns(site).map { .double($0) }
    }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue {
        switch name {
        case "field": return .object(FieldObject(try fieldName(arguments[0]), try document.mappedValues(of: try fieldName(arguments[0]))))
        case "$":
            let name = try fieldName(arguments[0])
            let field = FieldObject(name, try document.mappedValues(of: name))
            return try field.call("get", [arguments[1]], run) ?? arguments[1]
        case "emit": return try emit(arguments, run)
        case "parse":
            if arguments[0].numericType != nil { return .long(arguments[0].long) }
            let text = try arguments[0].text(run.budget)
            if let number = Int64(text), text.utf8.count != 4 { return .long(number) }
            guard let date = DateObject(parsing: text) else { throw .dateFormat(text) }
            return .long(date.milliseconds)
        case "randomScore": return .double(try random(arguments, run))
        default: break
        }
        if let function = VectorScriptFunction(rawValue: name) {
            let field = try fieldName(arguments[1])
            guard let vector = try document.values(of: field).vector else { throw .notAVector(field) }
            return .double(try vector.compare(function, arguments[0], run))
        }
        guard let function = ScoreFunction(name) else { throw .unknownCall(name: name, arguments: arguments.count) }
        return .double(try function.value(arguments))
    }

    private func fieldName(_ value: ScriptValue) throws(ScriptFault) -> String {
        guard case .string(let name) = value else { throw .cannotCast(from: value.typeName, to: "java.lang.String") }
        return name
    }

    /// The most values that a runtime field has in one document, as in Elasticsearch.
    private static let maximumValues = 100

    private func emit(_ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue {
        var values = arguments
        // Several at once, of a composite field's list.
        if arguments.count == 2, case .string(let name) = arguments[0] {
            values = [.map(ScriptMap([(.string(name), arguments[1])]))]
        } else if arguments.count == 2 {
            values = [.object(PointObject(latitude: arguments[0].double, longitude: arguments[1].double))]
        }
        try run.budget.charge(bytes: 32)
        emitted += values
        guard emitted.count <= Self.maximumValues else { throw .tooManyEmitted(emitted.count, limit: Self.maximumValues) }
        return .null
    }

    /// From 0 to below 1, the same again for the same seed and document, or the same value of a field.
    private func random(_ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> Double {
        var key = UInt64(bitPattern: Int64(document.document.number))
        if arguments.count > 1 {
            let name = try fieldName(arguments[1])
            if name != "_seq_no" {
                // The value's text; FNV-1a.
                key = 0xCBF2_9CE4_8422_2325
                let text = try document.values(of: name).values.first?.text(run.budget) ?? ""
                for byte in text.utf8 { key = (key ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            }
        }
        var hash = key &+ UInt64(bitPattern: arguments[0].long) &* 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((hash ^ (hash >> 31)) >> 40) / Double(1 << 24)
    }
}
