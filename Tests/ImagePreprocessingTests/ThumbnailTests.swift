import Testing
import TestSupport

@testable import ImagePreprocessing

@Suite struct ThumbnailTests {
    private func noise(_ width: Int, _ height: Int) -> RGBImage {
        RGBImage(width: width, height: height, pixels: (0..<(width * height * 3)).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) })
    }

    @Test func jpegsAreReadAgain() throws {
        let plain = RGBImage(width: 9, height: 5, pixels: [UInt8](repeating: 120, count: 9 * 5 * 3))
        let decoded = try ImageDecoder().decode(try plain.jpeg(quality: 90))
        #expect(decoded.width == 9 && decoded.height == 5)
        #expect(zip(decoded.pixels, plain.pixels).allSatisfy { abs(Int($0) - Int($1)) <= 2 })
        let wide = RGBImage(width: 65_501, height: 1, pixels: [UInt8](repeating: 0, count: 65_501 * 3))
        #expect(throws: ImageError.sideTooLong(width: 65_501, height: 1, limit: 65_500)) { try wide.jpeg(quality: 90) }
    }

    @Test func largePicturesBecomeSmall() throws {
        let picture = try noise(1100, 300).jpeg(quality: 95)
        let thumbnail = try Thumbnail(of: picture)
        let header = try ImageHeader(reading: thumbnail.bytes)
        #expect(header.format == .jpeg && header.width == 512 && header.height == 140)
        #expect(thumbnail.bytes.count < picture.count)
    }

    @Test func decodedPicturesMakeTheSameCopies() throws {
        let picture = try noise(700, 600).jpeg(quality: 95)
        #expect(try Thumbnail(of: picture, decoded: try ImageDecoder().decode(picture)) == Thumbnail(of: picture))
    }

    @Test func largeJPEGsAreReadAtAPartOfTheirSize() throws {
        let picture = try noise(1100, 301).jpeg(quality: 95)
        let half = try ImageDecoder().decode(picture, shorterSideAtLeast: 150)
        #expect(half.width == 550 && half.height == 151)
        let eighth = try ImageDecoder().decode(picture, shorterSideAtLeast: 1)
        #expect(eighth.width == 138 && eighth.height == 38)
        let whole = try ImageDecoder().decode(picture, shorterSideAtLeast: 151)
        #expect(try whole == ImageDecoder().decode(picture))
        #expect(throws: ImageError.tooManyPixels(width: 1100, height: 301, limit: 100)) {
            try ImageDecoder(limits: ImageLimits(pixels: 100)).decode(picture, shorterSideAtLeast: 1)
        }
        let plain = try RGBImage(width: 64, height: 64, pixels: [UInt8](repeating: 90, count: 64 * 64 * 3)).jpeg(quality: 90)
        #expect(try ImageDecoder().decode(plain, shorterSideAtLeast: 8).pixels.allSatisfy { abs(Int($0) - 90) <= 2 })
    }

    /// It fits once it was decoded at a part of its size, and is a large picture still.
    @Test func aLargePictureInFewBytesBecomesSmall() throws {
        let picture = try RGBImage(width: 1024, height: 1024, pixels: [UInt8](repeating: 90, count: 1024 * 1024 * 3)).jpeg(quality: 50)
        try #require(picture.count <= Thumbnail.smallBytes)
        let header = try ImageHeader(reading: try Thumbnail(of: picture).bytes)
        #expect(header.width == 512 && header.height == 512)
    }

    @Test func smallPicturesStayAsTheyAre() throws {
        let picture = try Fixtures.image("png_palette_trns.png")
        #expect(try Thumbnail(of: picture).bytes == picture)
    }

    /// A phone's small picture says where it was taken, and how to turn it.
    @Test func smallPicturesGiveNothingAway() throws {
        let tiff: [UInt8] = Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
        let plain = try noise(60, 40).jpeg(quality: 60)
        let picture = Array(plain.prefix(2)) + [0xFF, 0xE1, 0, UInt8(tiff.count + 2)] + tiff + plain.dropFirst(2)
        #expect(try Thumbnail(of: plain).bytes == plain)
        for copy in [try Thumbnail(of: picture).bytes, try Thumbnail(madeElsewhere: picture).bytes] {
            let header = try ImageHeader(reading: copy)
            #expect(header.width == 40 && header.height == 60 && header.orientation == .upright)
            #expect(ExifSegment.find(in: copy, format: .jpeg) == nil)
        }
    }

    /// The tag is not in the copy, so the pixels are turned.
    @Test func turnedPicturesStandUpright() throws {
        let tiff: [UInt8] = Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
        let plain = try noise(1024, 512).jpeg(quality: 60)
        let picture = plain.prefix(2) + [0xFF, 0xE1, 0, UInt8(tiff.count + 2)] + tiff + plain.dropFirst(2)
        let header = try ImageHeader(reading: try Thumbnail(of: Array(picture)).bytes)
        #expect(header.width == 256 && header.height == 512)
    }

    @Test func copiesFromElsewhereAreTakenOrMadeSmaller() throws {
        let small = try noise(300, 200).jpeg(quality: 60)
        #expect(try Thumbnail(madeElsewhere: small).bytes == small)
        let detailed = try noise(512, 512).jpeg(quality: 95)
        try #require(detailed.count > Thumbnail.smallBytes)
        #expect(try Thumbnail(madeElsewhere: detailed).bytes == detailed)
        let header = try ImageHeader(reading: try Thumbnail(madeElsewhere: try noise(1600, 900).jpeg(quality: 60)).bytes)
        #expect(header.width == 512 && header.height == 288)
        #expect(throws: ImageError.unknownFormat) { try Thumbnail(madeElsewhere: Array("<svg onload=alert(1)>".utf8)) }
    }

    @Test func whatIsNoPictureIsRefused() throws {
        #expect(throws: ImageError.unknownFormat) { try Thumbnail(of: Array("<svg onload=alert(1)>".utf8)) }
        let cut = Array(try Fixtures.image("png_rgb.png").prefix(60))
        #expect(thrownCase { try Thumbnail(of: cut) } == "truncated")
        let picture = try noise(20, 20).jpeg(quality: 50)
        #expect(throws: ImageError.tooManyPixels(width: 20, height: 20, limit: 100)) {
            try Thumbnail(of: picture, limits: ImageLimits(pixels: 100))
        }
    }
}
