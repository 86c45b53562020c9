internal import Inference
internal import JSON

/// The body of `PUT /{index}/_image/_thumbnail`: a line for each small copy, with the hash of the picture that it is of. Ours.
public struct ThumbnailLines: Sendable {
    /// A small copy, and the picture that it is of.
    public struct Line: Sendable, Equatable {
        public var hash: String
        /// A picture's file.
        public var bytes: [UInt8]

        public init(hash: String, bytes: [UInt8]) {
            self.hash = hash
            self.bytes = bytes
        }
    }

    public var lines: [Line] = []

    private enum Key: String, BodyKey {
        case hash, picture
    }

    /// - Throws: `ElasticsearchError`, `DataURIError`.
    public init(_ body: some Collection<UInt8>) throws {
        for line in body.split(separator: UInt8(ascii: "\n")) {
            let (hash, picture) = try JSONBody.decode(Array(line)) { (root) throws(ParseError) in
                var hash = "", picture = ""
                for (key, field) in try root.fields(Key.self, of: .object("thumbnail")) {
                    switch key {
                    case .hash: hash = try field.string()
                    case .picture: picture = try field.string()
                    }
                }
                return (hash, picture)
            }
            lines.append(Line(hash: hash, bytes: try DataURI(picture).bytes))
        }
    }
}
