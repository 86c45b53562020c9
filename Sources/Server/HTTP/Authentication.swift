internal import ElasticsearchAPI
import FoundationEssentials
internal import JSON

/// Who may use the server. Without a password everybody may, whatever credentials they send.
public struct Authentication: Sendable {
    public var username: String
    /// Nil: no check.
    public var password: String?
    /// Accepted as `Authorization: ApiKey …`, as they are sent.
    public var apiKeys: [String]

    public init(username: String = "elastic", password: String? = nil, apiKeys: [String] = []) {
        self.username = username
        self.password = password
        self.apiKeys = apiKeys
    }

    /// - Parameters:
    ///   - authorization: the header; nil if there is none.
    ///   - path: for the error's text.
    /// - Returns: who asks.
    /// - Throws: a 401 as Elasticsearch words it.
    func identity(_ authorization: String?, path: String) throws(ElasticsearchError) -> ClientIdentity {
        guard let password else { return .anonymous }
        let parts = (authorization ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { throw Self.refusal("missing authentication credentials for REST request [\(path)]") }
        switch parts[0].lowercased() {
        case "basic":
            let given = Data(base64Encoded: String(parts[1])).map { Array($0) } ?? []
            guard Self.equal(given, Array("\(username):\(password)".utf8)) else {
                let name = String(decoding: given.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
                throw Self.refusal("unable to authenticate user [\(name)] for REST request [\(path)]")
            }
            return .user(username)
        case "apikey":
            let given = Array(parts[1].utf8)
            guard apiKeys.contains(where: { Self.equal(given, Array($0.utf8)) }) else {
                throw Self.refusal("unable to authenticate with provided credentials and anonymous access is not allowed for this request")
            }
            let name = Data(base64Encoded: String(parts[1])).map { String(decoding: $0.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self) }
            return .apiKey(id: name ?? "", owner: username)
        default: throw Self.refusal("missing authentication credentials for REST request [\(path)]")
        }
    }

    /// Takes the same time wherever the bytes differ.
    private static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | $1.0 ^ $1.1 } == 0
    }

    static let challenges = [#"Basic realm="security", charset="UTF-8""#, "ApiKey"]

    private static func refusal(_ reason: String) -> ElasticsearchError {
        let header: JSONValue = ["WWW-Authenticate": .array(challenges.map { .string($0) })]
        return ElasticsearchError(status: 401, "security_exception", reason, extra: ["header": header])
    }
}
