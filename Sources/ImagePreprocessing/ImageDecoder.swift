internal import CImageCodecs

/// Decodes JPEG, PNG, WebP and GIF (first frame) to 8-bit RGB, pixel for pixel as Pillow's `convert("RGB")`.
public struct ImageDecoder: Sendable, Equatable {
    /// What becomes of transparent pixels.
    public enum Transparency: String, Sendable {
        /// Composed over opaque white, as transformers does from 5.21 on.
        case blendOntoWhite
        /// The colour behind the transparency shows: what transformers did before, for vectors made with it.
        case drop
    }

    public var transparency: Transparency
    /// Turn the picture as its EXIF orientation says. Models that were handed decoded pictures never saw that done.
    public var appliesOrientation: Bool
    public var limits: ImageLimits

    public init(
        transparency: Transparency = .blendOntoWhite, appliesOrientation: Bool = false, limits: ImageLimits = ImageLimits()
    ) {
        self.transparency = transparency
        self.appliesOrientation = appliesOrientation
        self.limits = limits
    }

    /// Decodes one encoded picture.
    ///
    /// - Throws: `ImageError`, for hostile bytes too; sizes are checked before anything is allocated.
    public func decode(_ bytes: [UInt8]) throws(ImageError) -> RGBImage {
        try limits.check(byteCount: bytes.count)
        let header = try ImageHeader(reading: bytes)
        try limits.check(width: header.width, height: header.height)
        var pixels = try Codec(header.format).pixels(of: bytes, header: header)
        if header.hasTransparency { pixels = opaque(pixels, count: header.width * header.height) }
        let image = RGBImage(width: header.width, height: header.height, pixels: pixels)
        return appliesOrientation ? image.oriented(header.orientation) : image
    }

    /// Decodes one picture at a size that is no smaller than asked for, where its format can do that with less work.
    ///
    /// - Parameter side: what the shorter side must not fall below; a smaller picture is decoded as it is.
    /// - Returns: a JPEG at a half, a quarter or an eighth of its size, whose pixels are not those of `decode` resized; another
    ///   picture as `decode` does.
    /// - Throws: `ImageError`.
    public func decode(_ bytes: [UInt8], shorterSideAtLeast side: Int) throws(ImageError) -> RGBImage {
        try limits.check(byteCount: bytes.count)
        let header = try ImageHeader(reading: bytes)
        let denominator = [8, 4, 2].first { min(header.width, header.height) / $0 >= side }
        guard header.format == .jpeg, let denominator else { return try decode(bytes) }
        try limits.check(width: header.width, height: header.height)
        let codec = Codec(.jpeg, denominator: denominator)
        let reduced = try codec.header(of: bytes)
        let image = RGBImage(width: reduced.width, height: reduced.height, pixels: try codec.pixels(of: bytes, header: reduced))
        return appliesOrientation ? image.oriented(header.orientation) : image
    }

    private func opaque(_ rgba: [UInt8], count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count * 3) { rgb, initialized in
            switch transparency {
            case .blendOntoWhite: cimage_blend_onto_white(rgba, rgb.baseAddress, count)
            case .drop: cimage_drop_alpha(rgba, rgb.baseAddress, count)
            }
            initialized = count * 3
        }
    }
}
