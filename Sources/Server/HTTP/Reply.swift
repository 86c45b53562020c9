internal import JSON

/// What a handler answers.
struct Reply: Sendable {
    enum Body: Sendable {
        case json(JSONValue)
        /// Not subject to `filter_path`, as in Elasticsearch.
        case error(JSONValue)
        case text(String)
        /// A file, of a media type.
        case bytes([UInt8], type: String)
        /// Only a status, as for `HEAD`.
        case empty
    }

    var status: Int
    var body: Body
    /// Deprecations, sent as `Warning` headers.
    var warnings: [String] = []
    /// `Location` of a document that was made.
    var location: String?
    /// Further headers, by name.
    var headers: [String: String] = [:]

    init(status: Int = 200, _ body: Body, warnings: [String] = [], location: String? = nil) {
        self.status = status
        self.body = body
        self.warnings = warnings
        self.location = location
    }

    /// Whether writing it takes longer than changing threads does.
    var isLarge: Bool {
        switch body {
        case .json(let value), .error(let value): value.isLarger(than: Self.smallBytes)
        case .text(let text): text.utf8.count > Self.smallBytes
        case .bytes(let bytes, _): bytes.count > Self.smallBytes
        case .empty: false
        }
    }

    private static let smallBytes = 64 * 1024

    /// Pictures are compressed already.
    var isCompressible: Bool {
        if case .bytes(_, let type) = body { !type.hasPrefix("image/") || type.hasPrefix("image/svg") } else { true }
    }

    static func json(_ value: JSONValue, status: Int = 200) -> Reply {
        Reply(status: status, .json(value))
    }
}

extension JSONValue {
    /// Whether it is written in more than about so many bytes.
    ///
    /// - Complexity: O(`bytes`): it ends as soon as that many are counted.
    fileprivate func isLarger(than bytes: Int) -> Bool {
        var room = bytes
        take(from: &room)
        return room < 0
    }

    private func take(from room: inout Int) {
        room -= 8
        switch self {
        case .null, .bool, .int, .unsigned, .double, .float: break
        case .string(let text): room -= text.utf8.count
        case .raw(let json): room -= json.count
        case .floats(let values): room -= 8 * values.count
        case .array(let values):
            for value in values where room >= 0 { value.take(from: &room) }
        case .object(let members):
            for member in members where room >= 0 {
                room -= member.key.utf8.count
                member.value.take(from: &room)
            }
        }
    }
}
