internal import JSON

/// What a handler answers.
struct Reply: Sendable {
    enum Body: Sendable {
        case json(JSONValue)
        case text(String)
        /// Only a status, as for `HEAD`.
        case empty
    }

    var status: Int
    var body: Body
    /// Deprecations, sent as `Warning` headers.
    var warnings: [String] = []
    /// `Location` of a document that was made.
    var location: String?

    init(status: Int = 200, _ body: Body, warnings: [String] = [], location: String? = nil) {
        self.status = status
        self.body = body
        self.warnings = warnings
        self.location = location
    }

    static func json(_ value: JSONValue, status: Int = 200) -> Reply {
        Reply(status: status, .json(value))
    }
}
