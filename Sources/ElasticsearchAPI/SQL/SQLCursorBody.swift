/// The body of `_sql/close`.
public struct SQLCursorBody: Equatable, Sendable {
    public var cursor: String

    private enum Key: String, BodyKey {
        case cursor
    }

    /// - Throws: `ElasticsearchError`.
    public init(_ body: some Collection<UInt8>) throws(ElasticsearchError) {
        cursor = try JSONBody.decode(body) { (root) throws(ParseError) in
            var cursor: String?
            for (key, field) in try root.fields(Key.self, of: .object("sql/close_cursor")) {
                switch key {
                case .cursor: cursor = try field.string()
                }
            }
            guard let cursor, !cursor.isEmpty else { throw .argument("Required [cursor]", at: root.path) }
            return cursor
        }
    }
}
