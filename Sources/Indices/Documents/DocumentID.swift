/// Document ids: the rules for given ones, and new ones.
enum DocumentID {
    /// As Elasticsearch: longer ids are refused.
    static let maximumBytes = 512

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// A new id: 120 random bits as 20 characters of URL-safe Base64, the form of Elasticsearch's own.
    static func make() -> String {
        String(decoding: (0..<20).map { _ in alphabet[Int.random(in: 0..<alphabet.count)] }, as: UTF8.self)
    }

    /// A new UUID of an index or a node, 22 characters as Elasticsearch's.
    static func makeUUID() -> String { make() + make().suffix(2) }

    /// Whether an id could be one that `make` made.
    static func couldBeMade(_ id: String) -> Bool { id.utf8.count == 20 && id.utf8.allSatisfy { alphabet.contains($0) } }

    static func validate(_ id: String) throws(IndicesError) {
        if id.isEmpty { throw .emptyDocumentID }
        if id.utf8.count > maximumBytes { throw .documentIDTooLong(bytes: id.utf8.count) }
    }
}
