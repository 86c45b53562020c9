internal import ElasticsearchAPI

/// A request's path and query, decoded.
struct RequestTarget: Equatable {
    /// As it was sent, without the query.
    let path: String
    /// The path's parts, percent-decoded, without empty ones.
    let segments: [String]
    let parameters: QueryParameters

    /// - Parameter target: `/path?query`.
    /// - Throws: `ElasticsearchError` for a broken escape.
    init(_ target: String) throws(ElasticsearchError) {
        let target = target.prefix { $0 != "#" }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = parts.first.map(String.init) ?? "/"
        var segments: [String] = []
        for segment in path.utf8.split(separator: UInt8(ascii: "/")) {
            segments.append(try Self.decoded(Substring(segment), plusIsSpace: false))
        }
        self.segments = segments
        var values: [String: String] = [:]
        let query = parts.count > 1 ? parts[1] : ""
        for pair in query.utf8.split(separator: UInt8(ascii: "&")) {
            let halves = Substring(pair).utf8.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = halves.first, !name.isEmpty else { continue }
            values[try Self.decoded(Substring(name), plusIsSpace: true)] =
                halves.count > 1 ? try Self.decoded(Substring(halves[1]), plusIsSpace: true) : ""
        }
        parameters = QueryParameters(values)
    }

    private static func decoded(_ text: Substring, plusIsSpace: Bool) throws(ElasticsearchError) -> String {
        let isPlain = text.utf8.allSatisfy { $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "+") }
        if isPlain { return String(text) }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
                    throw .illegalArgument("invalid escape sequence in [\(text)]")
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw .illegalArgument("invalid escape sequence in [\(text)]")
        }
        return decoded
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        Character(UnicodeScalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}
