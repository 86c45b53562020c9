internal import AsyncHTTPClient
internal import FoundationEssentials

/// The proxy that stands between here and a hub: what `HTTPS_PROXY` and `NO_PROXY` say, or in small letters, as curl and
/// Python's clients read them. Connections without TLS are made directly: a tunnel to them is refused by most proxies.
struct HubProxy: Hashable, Sendable {
    let host: String
    let port: Int
    /// `user:password`, sent to the proxy alone.
    let credentials: String?
    /// Lower case, without a dot at the beginning. `*`: every host.
    private let exceptions: [String]

    /// Nil where there is none, or what stands there is no address of one.
    init?(environment: [String: String]) {
        func value(_ name: String) -> String? {
            [name.lowercased(), name].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        }
        guard let address = value("HTTPS_PROXY") ?? value("ALL_PROXY"),
            let url = URL(string: address.contains("://") ? address : "http://\(address)"), url.scheme?.lowercased() == "http",
            let host = url.host(), !host.isEmpty
        else { return nil }
        self.host = host
        port = url.port ?? 80
        credentials = url.user(percentEncoded: false).map { "\($0):\(url.password(percentEncoded: false) ?? "")" }
        exceptions = (value("NO_PROXY") ?? "").lowercased().split { $0 == "," || $0 == " " }.map { name in
            String(name.drop { $0 == "." })
        }
    }

    /// Whether requests to this origin go through the proxy.
    func serves(_ origin: HubEndpoint.Origin) -> Bool {
        guard origin.scheme == "https" else { return false }
        return !exceptions.contains { name in
            name == "*" || origin.host == name || origin.host.hasSuffix(".\(name)") || "\(origin.host):\(origin.port)" == name
        }
    }

    var configuration: HTTPClient.Configuration.Proxy {
        guard let credentials else { return .server(host: host, port: port) }
        return .server(host: host, port: port, authorization: .basic(credentials: Data(credentials.utf8).base64EncodedString()))
    }
}
