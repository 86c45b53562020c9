public import Indices

/// The body of `PUT /{index}/_alias/{name}`, which may also name index and alias.
public struct PutAliasBody: Sendable {
    public private(set) var index: String?
    public private(set) var alias: String?
    public private(set) var metadata = AliasMetadata()

    /// No body.
    public init() {}

    /// - Throws: `ElasticsearchError`. Unknown keys are passed over, as Elasticsearch does.
    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        self = try JSONBody.decode(body) { (root) throws(ParseError) in
            var result = PutAliasBody()
            var parts = AliasParts()
            for field in try root.members(of: .object("alias")) {
                switch field.name {
                case "index": result.index = try field.text()
                case "alias": result.alias = try field.text()
                default: if let key = AliasParts.Key(rawValue: field.name) { try parts.set(key, field) }
                }
            }
            result.metadata = parts.metadata
            return result
        }
    }
}
