public import JSON

/// The body of `_mapping`: an object that the mapping layer reads.
public struct MappingBody: Sendable {
    public let mappings: JSONElement

    /// - Throws: `ElasticsearchError` for malformed JSON and for anything but an object.
    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        mappings = try JSONBody.decode(body) { (root) throws(ParseError) in
            _ = try root.members(of: .search)
            return root.element
        }
    }
}
