/// The body of `PUT /{index}/_image/_thumbnail`: small copies one after the other, each behind a line with the hash of the picture that it
/// is of and its own length: `<hash> <bytes>\n`. Ours: as text in JSON they would cost more than all else that is done to them.
public struct ThumbnailParts: Sendable {
    /// A small copy, and the picture that it is of.
    public struct Part: Sendable, Equatable {
        public var hash: String
        public var bytes: [UInt8]

        public init(hash: String, bytes: [UInt8]) {
            self.hash = hash
            self.bytes = bytes
        }
    }

    /// A line is no longer: a SHA-256 and a number.
    private static let longestLine = 100

    public var parts: [Part] = []

    /// - Throws: `ElasticsearchError` where the body does not have this form.
    public init(_ body: some Collection<UInt8>) throws(ElasticsearchError) {
        let body = Array(body)
        var place = 0
        while place < body.count {
            let line = body[place...].prefix(Self.longestLine)
            guard let end = line.firstIndex(of: UInt8(ascii: "\n")) else { throw Self.malformed(place) }
            let words = String(decoding: body[place..<end], as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
            guard words.count == 2, let length = Int(words[1]), length >= 0, length <= body.count - end - 1 else { throw Self.malformed(place) }
            let start = end + 1
            parts.append(Part(hash: String(words[0]), bytes: Array(body[start..<(start + length)])))
            place = start + length
        }
    }

    /// The body of which these are the parts.
    public static func body(_ parts: [Part]) -> [UInt8] {
        parts.reduce(into: []) { body, part in
            body += Array("\(part.hash) \(part.bytes.count)\n".utf8)
            body += part.bytes
        }
    }

    private static func malformed(_ place: Int) -> ElasticsearchError {
        .illegalArgument("there is no line [<hash> <bytes>] at byte [\(place)] of the body")
    }
}
