public import Indices
public import JSON

/// The body of index creation: its parts as they were written, for the layers that know them.
public struct CreateIndexBody: Sendable {
    /// An object; nil if it is not given.
    public private(set) var settings: JSONElement?
    public private(set) var mappings: JSONElement?
    public private(set) var aliases: [String: AliasMetadata] = [:]

    private enum Key: String, BodyKey {
        case settings, mappings, aliases
    }

    /// No body.
    public init() {}

    /// - Throws: `ElasticsearchError` for malformed JSON and unknown keys.
    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        self = try JSONBody.decode(body) { (root) throws(ParseError) in try CreateIndexBody(root) }
    }

    private init(_ root: Node) throws(ParseError) {
        guard root.element.kind == .object else {
            throw ParseError(
                .other("parse_exception", [:]), "request body is required to be an object", at: root.path)
        }
        for field in try root.members(of: .search) {
            guard let key = Key(rawValue: field.name) else {
                throw ParseError(
                    .other("parse_exception", [:]), "unknown key [\(field.name)] for create index", at: field.path)
            }
            if field.element.isNull { continue }
            guard field.element.object != nil else {
                throw ParseError(
                    .other("parse_exception", [:]), "key [\(field.name)] must be an object", at: field.path)
            }
            switch key {
            case .settings: settings = field.element
            case .mappings: mappings = field.element
            case .aliases: aliases = try AliasParts.aliases(field)
            }
        }
    }
}
