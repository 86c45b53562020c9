internal import JSON

/// The bodies of `_search/scroll`: which scroll, and for how long it stays.
public struct ScrollBody: Equatable, Sendable {
    public var ids: [String] = []
    public var keepAlive: Duration?

    private enum Key: String, BodyKey {
        case scrollID = "scroll_id"
        case scroll
    }

    /// - Parameters:
    ///   - body: nil where the request has none.
    ///   - path: the ids in the path, which an older form of the request has.
    ///   - takesMany: clearing names several, reading one.
    /// - Throws: `ElasticsearchError`.
    public init(
        _ body: (some Collection<UInt8>)?, path: String?, parameters: QueryParameters, takesMany: Bool
    ) throws(ElasticsearchError) {
        keepAlive = try parameters.duration("scroll")
        ids = (path ?? parameters["scroll_id"]).map { $0.split(separator: ",").map(String.init) } ?? []
        if let body {
            // A body wins over the URL.
            self = try JSONBody.decode(body) { [self] (root) throws(ParseError) in try reading(root) }
        }
        if ids.isEmpty { throw .validation([takesMany ? "no scroll ids specified" : "scrollId is missing"]) }
    }

    private func reading(_ root: Node) throws(ParseError) -> ScrollBody {
        var body = self
        for field in try root.members(of: .search) {
            switch Key(rawValue: field.name) {
            case .scrollID: body.ids = try field.strings()
            case .scroll: body.keepAlive = try field.duration()
            case nil:
                throw .argument(
                    "Unknown parameter [\(field.name)] in request body or parameter is of the wrong type[\(field.value.token)] ",
                    at: field.path)
            }
        }
        return body
    }
}

/// The body of `DELETE /_pit`.
public struct ClosePointInTimeBody: Equatable, Sendable {
    public var id: String

    private enum Key: String, BodyKey {
        case id
    }

    /// - Throws: `ElasticsearchError`.
    public init(_ body: some Collection<UInt8>) throws(ElasticsearchError) {
        id = try JSONBody.decode(body) { (root) throws(ParseError) in
            var id: String?
            for (key, field) in try root.fields(Key.self, of: .object("clear_point_in_time")) {
                switch key {
                case .id: id = try field.string()
                }
            }
            guard let id, !id.isEmpty else { throw .argument("Required [id]", at: root.path) }
            return id
        }
    }
}
