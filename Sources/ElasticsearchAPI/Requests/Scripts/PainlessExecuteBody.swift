public import JSON
public import Scripts

/// `POST /_scripts/painless/_execute`: a script to be tried.
public struct PainlessExecuteBody: Sendable {
    /// What the script is tried as, and so what it can read and must give. Raw values are Elasticsearch's names.
    public enum Context: String, Sendable {
        case test = "painless_test"
        case filter, score
        case booleanField = "boolean_field"
        case dateField = "date_field"
        case doubleField = "double_field"
        case pointField = "geo_point_field"
        case addressField = "ip_field"
        case keywordField = "keyword_field"
        case longField = "long_field"

        /// What a runtime field's script emits; nil for a script that is none.
        public var emittedType: EmittedType? {
            switch self {
            case .test, .filter, .score: nil
            case .booleanField: .boolean
            case .dateField, .longField: .long
            case .doubleField: .double
            case .pointField: .point
            case .addressField, .keywordField: .string
            }
        }
    }

    public private(set) var script: ScriptReference
    public private(set) var context = Context.test
    /// The index whose mapping reads the document.
    public private(set) var index: String?
    public private(set) var document: JSONElement?

    private enum Key: String, BodyKey {
        case script, context
        case setup = "context_setup"
    }

    private enum SetupKey: String, BodyKey {
        case index, document, query
    }

    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        self = try JSONBody.decode(body) { (root) throws(ParseError) in try PainlessExecuteBody(root) }
    }

    private init(_ root: Node) throws(ParseError) {
        var script: ScriptReference?
        for (key, field) in try root.fields(Key.self, of: .object("painless_execute_request")) {
            switch key {
            case .script: script = try ScriptReference(field)
            case .context:
                let name = try field.string()
                guard let context = Context(rawValue: name) else { throw .argument("unsupported script context name [\(name)]") }
                self.context = context
            case .setup:
                for (key, field) in try field.value.fields(SetupKey.self, of: .object("execute_script_context")) {
                    switch key {
                    case .index: index = try field.string()
                    case .document:
                        _ = try field.value.members(of: .object("document"))
                        document = field.element
                    // The document's score is 1, whatever the query.
                    case .query: _ = try field.value.members(of: .object("query"))
                    }
                }
            }
        }
        guard let script else { throw .argument("Required [script]", at: root.path) }
        self.script = script
    }
}
