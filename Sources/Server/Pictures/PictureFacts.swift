internal import Foundation
internal import ImagePreprocessing
internal import Ingest
internal import JSON

/// What can be told of a picture without a model.
struct PictureFacts {
    let members: JSONMembers

    /// - Throws: `ImageError`, also where only the header was wanted of a file whose pixels cannot be read: such a picture is none.
    /// - Complexity: O(the picture's pixels).
    init(_ bytes: [UInt8], _ properties: PictureProperties) throws(ImageError) {
        let header = try ImageHeader(reading: bytes)
        let exif = ExifMetadata(of: bytes, format: header.format)
        var members = JSONMembers()
        let image = try ImageDecoder().decode(bytes)
        for property in PictureProperties.Property.allCases where properties.wanted.contains(property) {
            let value: JSONValue?
            switch property {
            case .width: value = .int(header.shownSize.width)
            case .height: value = .int(header.shownSize.height)
            case .format: value = .string(header.format.rawValue)
            case .date: value = exif.date.map { .string($0) }
            case .location: value = exif.location.map { ["lat": .double($0.latitude), "lon": .double($0.longitude)] }
            case .averageColour:
                let colour = image.averageColour
                value = .string("#" + [colour.red, colour.green, colour.blue].map { Self.hexadecimal(UInt64($0), digits: 2) }.joined())
            case .perceptualHash: value = .string(Self.hexadecimal(image.oriented(exif.orientation).perceptualHash, digits: 16))
            case .thumbnail:
                let small = try Thumbnail(of: bytes, decoded: image, side: properties.thumbnailSide, keepsSmall: false)
                value = .string("data:image/jpeg;base64," + Data(small.bytes).base64EncodedString())
            }
            if let value { members[property.rawValue] = value }
        }
        self.members = members
    }

    private static func hexadecimal(_ value: UInt64, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
