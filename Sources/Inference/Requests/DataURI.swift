internal import FoundationEssentials

/// A `data:` URI with base64 content (RFC 2397), the form in which pictures travel in JSON.
public struct DataURI: Sendable, Equatable {
    /// How far the comma may be from the start, as in Elasticsearch.
    public static let maximumHeaderLength = 256

    public let bytes: [UInt8]

    /// Reads `data:<type>/<subtype>;base64,<content>`, whose padding may be missing. Bare base64 is refused.
    ///
    /// - Complexity: O(*n*).
    /// - Throws: `DataURIError`.
    public init(_ text: String) throws(DataURIError) {
        let utf8 = text.utf8
        let scheme = "data:", marker = ";base64"
        guard let comma = utf8.prefix(Self.maximumHeaderLength).firstIndex(of: UInt8(ascii: ",")) else {
            throw .notBase64DataURI
        }
        let header = text[..<comma]
        guard header.hasPrefix(scheme), header.hasSuffix(marker), header.utf8.count > scheme.utf8.count + marker.utf8.count
        else { throw .notBase64DataURI }
        let type = header.dropFirst(scheme.count).dropLast(marker.count)
        guard let slash = type.firstIndex(of: "/"), slash > type.startIndex, type.index(after: slash) < type.endIndex else {
            throw .notBase64DataURI
        }
        var content = Data(utf8[utf8.index(after: comma)...])
        while content.count % 4 != 0 { content.append(UInt8(ascii: "=")) }
        guard let data = Data(base64Encoded: content) else { throw .invalidBase64 }
        bytes = [UInt8](data)
    }
}

/// Why a text is not a usable data URI.
public enum DataURIError: Error, Equatable, Sendable {
    /// It does not have the form `data:{MIME-type};base64,...`.
    case notBase64DataURI
    /// What follows the comma is not base64.
    case invalidBase64
}
