internal import Analysis
internal import JSON

/// `completion`: inputs with weights, found by what they begin with.
struct CompletionType: TypeDefinition {
    static let defaultAnalyzer = "simple"

    var contexts: [CompletionContext] = []
    var preservesSeparators = true
    /// UTF-16 code units of an input that are kept.
    var maximumLength = 50

    static let entry = TypeRegistry.Entry(
        parameters: [
            MappingParameter("analyzer", .analyzer), MappingParameter("search_analyzer", .analyzer, updatable: true),
            MappingParameter("preserve_separators", .boolean(default: true)),
            MappingParameter("preserve_position_increments", .boolean(default: true)),
            MappingParameter("max_input_length", .integer(default: 50), updatable: true),
            MappingParameter("contexts", .list), .meta, .copyTo,
        ]
    ) { (values, field) throws(MappingError) in
        var type = CompletionType()
        type.contexts = try CompletionContext.list(values["contexts"], field: field)
        type.preservesSeparators = values["preserve_separators"] != .bool(false)
        if case .int(let length)? = values["max_input_length"] {
            guard length > 0 else {
                throw .parameterOutOfRange(name: "max_input_length", field: field, value: .int(length), allowed: 1...Int(Int32.max))
            }
            type.maximumLength = length
        }
        return type
    }

    var name: String { "completion" }
    var takesObjects: Bool { true }

    func isSearchable(_ field: FieldMapping) -> Bool { true }

    func checkPatterns(_ query: String) throws(ValueError) { throw .queryNotSupported(query, type: name) }

    func read(
        _ value: JSONElement, _ field: FieldMapping, _ context: DocumentReader.Context, into reader: inout DocumentReader
    ) throws(DocumentParsingError) {
        if value.isNull { return }
        let reading = CompletionReading(field: context.path)
        for input in try reading.inputs(value) {
            try index(input, field, context.path, into: &reader)
            for (name, subfield) in field.allFields {
                let path = context.path + "." + name
                if case .served(let served) = subfield.type, let completion = served.definition as? CompletionType {
                    try completion.index(input, subfield, path, into: &reader)
                } else {
                    try reader.index(.string(input.text), subfield, path: path)
                }
            }
        }
    }

    /// A value of another field of which this is a part.
    func indexedValues(_ scalar: ScalarValue, _ field: FieldMapping) throws(ValueError) -> [IndexedValue] {
        do {
            return [.term(CompletionEntry(words: try words(of: scalar.text, field), weight: 1, input: scalar.text).term)]
        } catch {
            throw .analysis(error)
        }
    }

    private func index(
        _ input: CompletionReading.Input, _ field: FieldMapping, _ path: String, into reader: inout DocumentReader
    ) throws(DocumentParsingError) {
        var found: [CompletionEntry.Context] = []
        for context in contexts {
            var values = input.contexts[context.name].map { context.values($0) } ?? []
            if values.isEmpty, let source = context.path, let root = reader.root {
                values = FieldsExtraction.values(at: source, in: root).flatMap { context.values($0) }
            }
            found += values.map { CompletionEntry.Context(name: context.name, value: $0) }
        }
        if !contexts.isEmpty, found.isEmpty { throw .contextsMissing(field: path) }
        let text = String(decoding: Array(input.text.utf16.prefix(maximumLength)), as: UTF16.self)
        do {
            let entry = CompletionEntry(
                words: try words(of: text, field), weight: input.weight, input: text, contexts: found)
            reader.result.fieldNames.insert(path)
            reader.result.values.append(.init(field: path, value: .term(entry.term)))
        } catch {
            throw .malformedValue(field: path, type: name, preview: input.text, cause: .analysis(error))
        }
    }

    func words(of text: String, _ field: FieldMapping) throws(AnalysisError) -> String {
        try field.tokens(of: text).map(\.term).joined(separator: preservesSeparators ? CompletionEntry.separator : "")
    }

    func fetched(_ element: JSONElement, _ field: FieldMapping, format: DateFormat?) -> [JSONValue] {
        element.isNull ? [] : [JSONValue(element)]
    }
}

/// Reads the inputs of a document's value.
struct CompletionReading {
    struct Input {
        var text: String
        var weight = 1
        var contexts: [String: JSONElement] = [:]
    }

    let field: String

    func inputs(_ value: JSONElement) throws(DocumentParsingError) -> [Input] {
        if let array = value.array {
            var found: [Input] = []
            for element in array { found += try inputs(element) }
            return found
        }
        if value.isNull { return [] }
        guard let members = value.object else {
            guard let text = value.string else {
                throw malformed(.malformedCompletion("expected text or object, but got \(value.kind.rawValue)"))
            }
            return [Input(text: try checked(text))]
        }
        var texts: [String] = []
        var common = Input(text: "")
        for (key, member) in members {
            switch key {
            case "input":
                for element in member.array.map({ Array($0) }) ?? [member] {
                    guard let text = element.string else {
                        throw malformed(.malformedCompletion("input must be text or a list of texts"))
                    }
                    texts.append(try checked(text))
                }
            case "weight": common.weight = try weight(member)
            case "contexts":
                guard let contexts = member.object else { throw malformed(.malformedCompletion("contexts must be an object or an array")) }
                for (name, context) in contexts { common.contexts[name] = context }
            default:
                throw malformed(.malformedCompletion("unknown field name [\(key)], must be one of [input, weight, contexts]"))
            }
        }
        return texts.map { text in
            var input = common
            input.text = text
            return input
        }
    }

    private func checked(_ text: String) throws(DocumentParsingError) -> String {
        guard !text.isEmpty else { throw malformed(.malformedCompletion("value must have a length > 0")) }
        return text
    }

    private func weight(_ element: JSONElement) throws(DocumentParsingError) -> Int {
        guard let weight = element.int ?? element.string.flatMap({ Int($0) }) else {
            throw malformed(.malformedCompletion("weight must be an integer, but was [\(ScalarValue(element)?.text ?? "")]"))
        }
        guard (0...Int(Int32.max)).contains(weight) else {
            throw malformed(.malformedCompletion("weight must be in the interval [0..2147483647], but was [\(weight)]"))
        }
        return weight
    }

    private func malformed(_ cause: ValueError) -> DocumentParsingError {
        .malformedValue(field: field, type: "completion", preview: "", cause: cause)
    }
}

extension FieldMapping {
    /// The contexts of a `completion` field; nil for other types.
    public var completionContexts: [CompletionContext]? { completion?.contexts }

    /// A prefix as a `completion` field's terms begin with it.
    public func completionPrefix(of text: String) -> String? {
        guard let completion, let words = try? Array(searchTokens(of: text)).map(\.term) else { return nil }
        return words.joined(separator: completion.preservesSeparators ? CompletionEntry.separator : "")
    }

    private var completion: CompletionType? {
        if case .served(let served) = type { served.definition as? CompletionType } else { nil }
    }
}
