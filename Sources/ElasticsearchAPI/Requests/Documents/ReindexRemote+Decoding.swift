internal import Indices
internal import JSON

extension ReindexRequest {
    private enum RemoteKey: String, BodyKey {
        case host, username, password, headers
        case socketTimeout = "socket_timeout"
        case connectTimeout = "connect_timeout"
        case apiKey = "api_key"
    }

    /// A `remote` member.
    static func remote(_ field: Field) throws(ParseError) -> Remote {
        var remote = Remote(url: "", host: "")
        var unknown: [String] = []
        for field in try field.value.members(of: .object("remote")) {
            guard let key = RemoteKey(rawValue: field.name) else {
                unknown.append(field.name)
                continue
            }
            switch key {
            case .host: (remote.url, remote.host) = try address(field)
            case .username: remote.username = try field.string()
            case .password: remote.password = try field.string()
            case .apiKey: remote.headers.append(("Authorization", "ApiKey \(try field.string())"))
            case .socketTimeout: remote.socketTimeout = try field.duration()
            case .connectTimeout: remote.connectTimeout = try field.duration()
            case .headers:
                for field in try field.value.members(of: .object("remote")) {
                    remote.headers.append((field.name, try field.string()))
                }
            }
        }
        guard !remote.url.isEmpty else { throw .argument("[host] must be specified to reindex from a remote cluster", at: field.path) }
        if !unknown.isEmpty { throw .argument("Unsupported fields in [remote]: [\(unknown.joined(separator: ","))]", at: field.path) }
        for text in remote.headers.flatMap({ [$0.name, $0.value] }) where text.utf8.contains(where: { $0 < 0x20 }) {
            throw .argument("[headers] must not contain control characters", at: field.path)
        }
        return remote
    }

    /// `scheme://host:port/path`
    private static func address(_ field: Field) throws(ParseError) -> (url: String, host: String) {
        let text = try field.string()
        let malformed = ParseError.argument(
            "[host] must be of the form [scheme]://[host]:[port](/[pathPrefix])? but was [\(text)]", at: field.path)
        guard let scheme = ["http://", "https://"].first(where: { text.hasPrefix($0) }) else { throw malformed }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" }
        let path = rest.dropFirst(authority.count)
        guard let colon = authority.lastIndex(of: ":"), colon != authority.startIndex,
            let port = UInt16(authority[authority.index(after: colon)...]), port > 0,
            !text.contains(where: { "?#@ ".contains($0) }), text.allSatisfy(\.isASCII)
        else { throw malformed }
        let trimmed = path.hasSuffix("/") ? path.dropLast() : path
        return (scheme + authority + trimmed, String(authority))
    }
}
