internal import ImagePreprocessing
internal import Inference
internal import JSON

/// The pictures that a document holds itself, as data URIs: what the `image` processor keeps, what stands in `semantic` fields, and
/// whatever else its owner put there.
enum DocumentPictures {
    /// As the `image` processor calls a small copy.
    private static let smallName = "thumbnail"

    /// The first picture in a document's source, in the order of its fields.
    ///
    /// - Parameter isSmall: a small copy is preferred; else whatever is not one.
    /// - Complexity: O(the source).
    static func picture(in source: JSONValue, isSmall: Bool) -> [UInt8]? {
        var found: [(isSmall: Bool, text: String)] = []
        collect(source, isSmall: false, &found)
        let preferred = found.filter { $0.isSmall == isSmall } + found.filter { $0.isSmall != isSmall }
        for picture in preferred {
            if let bytes = try? DataURI(picture.text).bytes, ImageFormat(sniffing: bytes) != nil { return bytes }
        }
        return nil
    }

    private static func collect(_ value: JSONValue, isSmall: Bool, _ found: inout [(isSmall: Bool, text: String)]) {
        if let members = value.object {
            for member in members { collect(member.value, isSmall: member.key == smallName || member.key.hasSuffix("." + smallName), &found) }
        } else if let text = value.string {
            if text.hasPrefix("data:image/") { found.append((isSmall, text)) }
        } else if case .array(let values) = value {
            for value in values { collect(value, isSmall: isSmall, &found) }
        }
    }
}
