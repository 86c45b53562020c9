internal import FoundationEssentials

/// An address of a picture that may be fetched, as far as its text tells.
struct PictureURL: Sendable, Equatable {
    /// Texts longer than this are no addresses.
    private static let longest = 2048

    let scheme: String
    /// In lowercase, an IPv6 address without brackets.
    let host: String
    let port: Int
    /// What stands behind the host, with the query.
    private let target: String

    /// - Throws: `PictureFetchError.malformedURL`, `.schemeNotAllowed`, `.credentials`.
    init(_ text: String) throws(PictureFetchError) {
        // One reading of the text must be the only one: what parsers are of several minds about is refused.
        guard text.utf8.count <= Self.longest, text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F && $0 != "\\" }),
            let components = URLComponents(string: text)
        else { throw .malformedURL }
        guard let scheme = components.scheme?.lowercased() else { throw .malformedURL }
        guard scheme == "http" || scheme == "https" else { throw .schemeNotAllowed(scheme) }
        guard components.user == nil, components.password == nil else { throw .credentials }
        guard var host = components.host?.lowercased(), !host.isEmpty else { throw .malformedURL }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        while host.hasSuffix(".") { host.removeLast() }
        guard !host.isEmpty, host.utf8.allSatisfy(Self.isOfHost) else { throw .malformedURL }
        let standard = scheme == "https" ? 443 : 80
        guard (1...65_535).contains(components.port ?? standard) else { throw .malformedURL }
        self.scheme = scheme
        self.host = host
        port = components.port ?? standard
        let path = components.percentEncodedPath
        target = (path.hasPrefix("/") ? path : "/" + path) + (components.percentEncodedQuery.map { "?" + $0 } ?? "")
    }

    private static func isOfHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: ":"):
            true
        default: false
        }
    }

    var isStandardPort: Bool { port == (scheme == "https" ? 443 : 80) }

    /// Written anew, of the parts that were checked.
    var text: String {
        "\(scheme)://\(host.contains(":") ? "[\(host)]" : host)\(isStandardPort ? "" : ":\(port)")\(target)"
    }

    /// Where a redirection leads.
    ///
    /// - Throws: `PictureFetchError`.
    func following(_ location: String) throws(PictureFetchError) -> PictureURL {
        if location.hasPrefix("//") { return try PictureURL("\(scheme):\(location)") }
        if location.hasPrefix("/") { return try PictureURL(origin + location) }
        if location.contains("://") { return try PictureURL(location) }
        let folder = target.prefix { $0 != "?" }.lastIndex(of: "/").map { target[...$0] } ?? "/"
        return try PictureURL(origin + folder + location)
    }

    private var origin: String { "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}
