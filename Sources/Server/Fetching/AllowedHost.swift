internal import Mapping

/// An entry of `pictures.allowed_hosts`: a host whose pictures may be fetched, with `*` for any run of characters. Without a port, the
/// standard ones are meant.
struct AllowedHost: Sendable {
    private let host: WildcardPattern
    /// Nil: the standard port.
    private let port: WildcardPattern?

    /// - Parameter text: `example.org`, `*.example.org:8080`, `example.org:*`, `[2001:db8::1]:8080`.
    init(_ text: String) {
        let text = text.lowercased()
        var host = text[...], port: Substring?
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            if rest.hasPrefix(":") { port = rest.dropFirst() }
        } else if let colon = text.firstIndex(of: ":"), text.lastIndex(of: ":") == colon {
            // More than one are those of an IPv6 address.
            host = text[..<colon]
            port = text[text.index(after: colon)...]
        }
        self.host = WildcardPattern(String(host))
        self.port = port.map { WildcardPattern(String($0)) }
    }

    func allows(_ url: PictureURL) -> Bool {
        host.matches(url.host) && (port?.matches(String(url.port)) ?? url.isStandardPort)
    }
}
