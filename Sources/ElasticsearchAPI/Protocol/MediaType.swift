/// A media type of `Content-Type` or `Accept`, as far as Elasticsearch tells them apart.
public struct MediaType: Equatable, Sendable {
    public enum Format: Equatable, Sendable {
        case json, newlineDelimitedJSON, text
    }

    public var format: Format
    /// The `compatible-with` of a vendor type.
    public var compatibleWith: Int?

    /// The versions whose clients are understood.
    public static let compatibleVersions = 7...9

    public static let json = MediaType(format: .json, compatibleWith: nil)
    public static let text = MediaType(format: .text, compatibleWith: nil)

    private init(format: Format, compatibleWith: Int?) {
        self.format = format
        self.compatibleWith = compatibleWith
    }

    /// - Returns: nil for a media type that is none of Elasticsearch's.
    public init?(_ header: String) {
        let parts = header.split(separator: ";").map { $0.trimmingSpaces.lowercased() }
        switch parts.first {
        case "application/json", "application/vnd.elasticsearch+json": format = .json
        case "application/x-ndjson", "application/vnd.elasticsearch+x-ndjson": format = .newlineDelimitedJSON
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
