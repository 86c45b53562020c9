/// A media type of `Content-Type` or `Accept`, as far as Elasticsearch tells them apart.
public struct MediaType: Equatable, Sendable {
    /// What a body is written in.
    public enum Format: Equatable, Sendable {
        case json, newlineDelimitedJSON, text, yaml, cbor

        /// Whether a value can be written in it.
        public var isStructured: Bool { self == .json || self == .yaml || self == .cbor }

        /// That of a `format` parameter; nil for one that is not known.
        public init?(parameter: String) {
            switch parameter.lowercased() {
            case "json": self = .json
            case "yaml", "yml": self = .yaml
            case "cbor": self = .cbor
            case "text", "txt": self = .text
            default: return nil
            }
        }
    }

    public var format: Format
    /// The `compatible-with` of a vendor type.
    public var compatibleWith: Int?

    /// The versions whose clients are understood.
    public static let compatibleVersions = 8...9

    public static let json = MediaType(format: .json, compatibleWith: nil)
    public static let text = MediaType(format: .text, compatibleWith: nil)

    public init(format: Format, compatibleWith: Int?) {
        self.format = format
        self.compatibleWith = compatibleWith
    }

    /// - Returns: nil for a media type that is none of Elasticsearch's.
    public init?(_ header: String) {
        let parts = header.split(separator: ";").map { $0.trimmingSpaces.lowercased() }
        switch parts.first {
        case "application/json", "application/vnd.elasticsearch+json": format = .json
        case "application/x-ndjson", "application/vnd.elasticsearch+x-ndjson": format = .newlineDelimitedJSON
        case "application/yaml", "application/vnd.elasticsearch+yaml": format = .yaml
        case "application/cbor", "application/vnd.elasticsearch+cbor": format = .cbor
        case "text/plain": format = .text
        default: return nil
        }
        guard parts.first?.hasPrefix("application/vnd.") == true else { return }
        let parameter = parts.dropFirst().first { $0.hasPrefix("compatible-with=") }
        guard let version = parameter.flatMap({ Int($0.dropFirst("compatible-with=".count)) }) else { return nil }
        compatibleWith = version
    }

    /// The header's value.
    public var description: String {
        switch (format, compatibleWith) {
        case (.json, nil): "application/json"
        case (.json, let version?): "application/vnd.elasticsearch+json;compatible-with=\(version)"
        case (.newlineDelimitedJSON, nil): "application/x-ndjson"
        case (.newlineDelimitedJSON, let version?):
            "application/vnd.elasticsearch+x-ndjson;compatible-with=\(version)"
        case (.yaml, nil): "application/yaml"
        case (.yaml, let version?): "application/vnd.elasticsearch+yaml;compatible-with=\(version)"
        case (.cbor, nil): "application/cbor"
        case (.cbor, let version?): "application/vnd.elasticsearch+cbor;compatible-with=\(version)"
        case (.text, _): "text/plain; charset=UTF-8"
        }
    }
}

extension StringProtocol {
    /// Without spaces and tabs at its ends.
    var trimmingSpaces: SubSequence {
        let start = firstIndex { $0 != " " && $0 != "\t" } ?? endIndex
        let end = lastIndex { $0 != " " && $0 != "\t" }.map { index(after: $0) } ?? start
        return self[start..<end]
    }
}
