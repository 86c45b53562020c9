public import JSON

/// What the `image` processor records of a picture.
public struct PictureProperties: Sendable, Equatable {
    /// What is written of a picture. Raw values are what `properties` names.
    public enum Property: String, Sendable, CaseIterable {
        case width, height, format
        /// When it was taken, by its EXIF.
        case date
        /// Where it was taken, by its EXIF: as a `geo_point` reads it.
        case location
        /// `#rrggbb`
        case averageColour = "average_color"
        /// 16 hexadecimal digits, of which those of similar pictures differ in few bits.
        case perceptualHash = "perceptual_hash"
        /// A small JPEG as a data URI.
        case thumbnail
    }

    /// The longest sides that a thumbnail may have.
    public static let thumbnailSides = 16...1024

    public var wanted: Set<Property>
    /// The longer side of a thumbnail, in pixels.
    public var thumbnailSide: Int

    public init(_ wanted: Set<Property>, thumbnailSide: Int = 256) {
        self.wanted = wanted
        self.thumbnailSide = thumbnailSide
    }

    /// All but the thumbnail, which is long.
    public static let standard = PictureProperties(Set(Property.allCases).subtracting([.thumbnail]))
}

/// Reads a picture, which is given as a data URI, as a path below a folder of the node's owner, or as a URL, and tells what is
/// asked of it.
public typealias IngestPictures = @Sendable (_ reference: String, _ properties: PictureProperties) async throws -> JSONMembers
