internal import JSON

/// The one way from a body's bytes to a typed request.
enum JSONBody {
    /// - Throws: `ElasticsearchError`, with the place in the text.
    static func decode<Value>(
        _ bytes: some Collection<UInt8>, _ decode: (Node) throws(ParseError) -> Value
    ) throws(ElasticsearchError) -> Value {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: bytes)
        } catch {
            throw ElasticsearchError(error, in: bytes)
        }
        do {
            return try decode(Node(element: document.root, path: .root))
        } catch {
            throw error.located(in: bytes)
        }
    }
}
