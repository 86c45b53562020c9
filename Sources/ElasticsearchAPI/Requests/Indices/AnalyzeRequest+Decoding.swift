public import Indices
internal import Analysis
internal import JSON

extension AnalyzeRequest {
    private enum Key: String, BodyKey {
        case text, analyzer, normalizer, field, tokenizer, filter
        case charFilter = "char_filter"
        case explain, attributes
    }

    /// Reads the body of `_analyze`.
    ///
    /// - Throws: `ElasticsearchError` for malformed JSON, unknown keys and values of the wrong kind.
    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        self = try JSONBody.decode(body) { (root) throws(ParseError) in
            var request = AnalyzeRequest()
            for (key, field) in try root.fields(Key.self, of: .object("analyze_request")) {
                switch key {
                case .text: request.texts = try field.strings()
                case .analyzer: request.analyzer = try field.text()
                case .normalizer: request.normalizer = try field.text()
                case .field: request.field = try field.text()
                case .tokenizer: request.tokenizer = try ComponentReference(field.value, of: field)
                case .filter: request.filters = try Self.components(field)
                case .charFilter: request.charFilters = try Self.components(field)
                case .explain: request.explains = try field.bool()
                case .attributes: request.attributes = try field.strings()
                }
            }
            return request
        }
    }

    private static func components(_ field: Field) throws(ParseError) -> [ComponentReference] {
        var components: [ComponentReference] = []
        for node in field.oneOrMany() { components.append(try ComponentReference(node, of: field)) }
        return components
    }
}

extension ComponentReference {
    /// A name, or an object of settings.
    fileprivate init(_ node: Node, of field: Field) throws(ParseError) {
        if let object = node.element.object {
            var settings: [String: SettingValue] = [:]
            for (key, value) in object {
                let value = Node(element: value, path: .key(node.path, key))
                if let elements = value.elements {
                    settings[key] = .strings(elements.compactMap(\.text))
                } else if let text = value.text {
                    settings[key] = .string(text)
                }
            }
            self = .definition(settings)
        } else if let name = node.text {
            self = .name(name)
        } else {
            throw field.unexpected
        }
    }
}
