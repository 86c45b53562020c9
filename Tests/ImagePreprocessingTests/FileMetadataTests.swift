import Testing

@testable import ImagePreprocessing

@Suite struct FileMetadataTests {
    private func jpeg(_ marker: UInt8, _ content: String) throws -> [UInt8] {
        let plain = try RGBImage(width: 8, height: 8, pixels: [UInt8](repeating: 90, count: 192)).jpeg(quality: 80)
        return plain.prefix(2) + [0xFF, marker, 0, UInt8(content.utf8.count + 2)] + Array(content.utf8) + plain.dropFirst(2)
    }

    @Test(arguments: [
        (0xE0, "JFIF\0", false), (0xE2, "ICC_PROFILE\0", false), (0xEE, "Adobe", false), (0xE1, "Exif\0\0MM", true),
        (0xE1, "http://ns.adobe.com/xap/1.0/\0<x/>", true), (0xE2, "MPF\0", true), (0xED, "Photoshop 3.0\0", true), (0xFE, "taken at home", true),
    ] as [(UInt8, String, Bool)])
    func segmentsOfJPEGs(marker: UInt8, content: String, isPresent: Bool) throws {
        #expect(FileMetadata.isPresent(in: try jpeg(marker, content), format: .jpeg) == isPresent)
    }

    private func png(_ name: String) -> [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [name, "IEND"].flatMap { [0, 0, 0, 0] + Array($0.utf8) + [1, 2, 3, 4] }
    }

    @Test(arguments: [("IDAT", false), ("iCCP", false), ("eXIf", true), ("iTXt", true), ("tEXt", true), ("zTXt", true), ("tIME", true)])
    func chunksOfPNGs(name: String, isPresent: Bool) {
        #expect(FileMetadata.isPresent(in: png(name), format: .png) == isPresent)
    }

    @Test(arguments: [("VP8 ", false), ("ICCP", false), ("EXIF", true), ("XMP ", true)]) func chunksOfWebPs(name: String, isPresent: Bool) {
        let bytes = Array("RIFF0000WEBP".utf8) + Array(name.utf8) + [1, 0, 0, 0, 7, 0]
        #expect(FileMetadata.isPresent(in: bytes, format: .webp) == isPresent)
    }

    /// A header of a table of two colours, an extension, a frame with a table of its own, and the end.
    private func gif(_ label: UInt8, _ content: String) -> [UInt8] {
        let header = Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0] + [UInt8](repeating: 0x21, count: 6)
        let frame: [UInt8] = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0x80] + [UInt8](repeating: 0x21, count: 6) + [2, 2, 0x21, 0xFE, 0]
        return header + [0x21, label, UInt8(content.utf8.count)] + Array(content.utf8) + [1, 9, 0] + frame + [0x3B]
    }

    @Test(arguments: [
        (0xF9, "abcd", false), (0xFF, "NETSCAPE2.0", false), (0xFF, "XMP DataXMP", true), (0xFE, "NETSCAPE2.0", true), (0x01, "text", true),
    ] as [(UInt8, String, Bool)])
    func extensionsOfGIFs(label: UInt8, content: String, isPresent: Bool) {
        #expect(FileMetadata.isPresent(in: gif(label, content), format: .gif) == isPresent)
    }

    @Test func whatLeadsNowhereMayHoldAnything() throws {
        let files: [(ImageFormat, [UInt8])] = [(.jpeg, try jpeg(0xE0, "JFIF\0")), (.png, png("IDAT")), (.gif, gif(0xF9, "abcd"))]
        for (format, bytes) in files {
            #expect(!FileMetadata.isPresent(in: bytes, format: format))
            if format != .jpeg { #expect(FileMetadata.isPresent(in: bytes + [0], format: format)) }
            // A PNG that ends behind one of its chunks is whole, as far as parts go.
            for count in 0..<min(bytes.count, 24) where format != .png || count % 12 != 8 {
                #expect(FileMetadata.isPresent(in: Array(bytes.prefix(count)), format: format))
            }
        }
    }

    @Test func picturesOfAllFormatsAreTakenApart() throws {
        for golden in GoldenImage.all where golden.format != "JPEG" {
            let bytes = try golden.bytes
            guard let format = ImageFormat(sniffing: bytes) else { continue }
            #expect(FilePart.walk(bytes, format) { _ in true }, "\(golden.file)")
        }
    }
}
