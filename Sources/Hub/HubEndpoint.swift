internal import Files
internal import FoundationEssentials

/// Where a hub answers, and what it knows the user by.
///
/// Source: huggingface_hub, constants.py and utils/_auth.py.
public struct HubEndpoint: Equatable, Sendable {
    /// Scheme, host and port: what a token must not leave.
    struct Origin: Hashable {
        let scheme: String
        let host: String
        let port: Int

        init?(_ url: URL) {
            guard let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
                let host = url.host()?.lowercased(), !host.isEmpty
            else { return nil }
            self.scheme = scheme
            self.host = host
            port = url.port ?? (scheme == "https" ? 443 : 80)
        }
    }

    public static let defaultURL = "https://huggingface.co"

    /// Without a slash at its end.
    public let url: String
    /// The access token, sent to this endpoint's origin alone.
    let token: String?
    let origin: Origin
    let proxy: HubProxy?

    /// - Throws: `HubError.invalidEndpoint`.
    public init(url: String = Self.defaultURL, token: String? = nil) throws(HubError) {
        try self.init(url: url, token: token, proxy: nil)
    }

    private init(url: String, token: String?, proxy: HubProxy?) throws(HubError) {
        var plain = url[...]
        while plain.last == "/" { plain.removeLast() }
        guard let parsed = URL(string: String(plain)), let origin = Origin(parsed), parsed.user() == nil,
            parsed.query() == nil, parsed.fragment() == nil
        else { throw .invalidEndpoint(url) }
        self.url = String(plain)
        self.token = token
        self.origin = origin
        self.proxy = proxy
    }

    /// The endpoint of `HF_ENDPOINT`, with the token of `HF_TOKEN`, `HUGGING_FACE_HUB_TOKEN` or the file that
    /// `hf auth login` writes. `HTTPS_PROXY` and `NO_PROXY` are heeded.
    ///
    /// - Throws: `HubError.invalidEndpoint`.
    public init(environment: [String: String]) throws(HubError) {
        let url = environment["HF_ENDPOINT"].flatMap { $0.isEmpty ? nil : $0 } ?? Self.defaultURL
        try self.init(url: url, token: Self.token(environment), proxy: HubProxy(environment: environment))
    }

    /// Whether a redirect there is followed: it leaves https only if the endpoint itself does without it.
    func mayLead(to other: Origin) -> Bool { other.scheme == "https" || origin.scheme == "http" }

    private static func token(_ environment: [String: String]) -> String? {
        for variable in ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"] {
            if let token = environment[variable].flatMap(cleaned) { return token }
        }
        let home = environment["HOME"] ?? "/"
        let caches = environment["XDG_CACHE_HOME"] ?? "\(home)/.cache"
        let file = environment["HF_TOKEN_PATH"] ?? "\(environment["HF_HOME"] ?? "\(caches)/huggingface")/token"
        let path = file.hasPrefix("~/") ? home + file.dropFirst() : file
        guard let bytes = try? File.contents(of: path) else { return nil }
        return String(validating: bytes, as: UTF8.self).flatMap(cleaned)
    }

    /// Nothing that could end the header it is to stand in.
    private static func cleaned(_ text: String) -> String? {
        let token = text.filter { !$0.isWhitespace }
        return token.isEmpty || !token.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? nil : token
    }
}
