public import JSON

/// The body of `_mapping`: an object that the mapping layer reads.
public struct MappingBody: Sendable {
    public let mappings: JSONElement

    /// - Throws: `ElasticsearchError` for malformed JSON and for anything but an object.
    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        mappings = try JSONBody.decode(body) { (root) throws(ParseError) in
            let members = try root.members(of: .search)
            if members.count == 1, members.first?.name == "_doc" {
                throw .argument("Types cannot be provided in put mapping requests", at: root.path)
            }
            return root.element
        }
    }
}
