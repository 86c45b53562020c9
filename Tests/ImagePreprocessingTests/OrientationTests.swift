import Testing

@testable import ImagePreprocessing

@Suite struct OrientationTests {
    /// Two columns, three rows; each pixel is its number.
    private let image = RGBImage(width: 2, height: 3, pixels: (1...6).flatMap { [UInt8](repeating: $0, count: 3) })

    @Test(arguments: [
        (Orientation.upright, 2, [1, 2, 3, 4, 5, 6]), (.mirrored, 2, [2, 1, 4, 3, 6, 5]),
        (.upsideDown, 2, [6, 5, 4, 3, 2, 1]), (.mirroredUpsideDown, 2, [5, 6, 3, 4, 1, 2]),
        (.mirroredQuarterLeft, 3, [1, 3, 5, 2, 4, 6]), (.quarterRight, 3, [5, 3, 1, 6, 4, 2]),
        (.mirroredQuarterRight, 3, [6, 4, 2, 5, 3, 1]), (.quarterLeft, 3, [2, 4, 6, 1, 3, 5]),
    ] as [(Orientation, Int, [UInt8])])
    func turns(_ orientation: Orientation, _ width: Int, _ expected: [UInt8]) {
        let turned = image.oriented(orientation)
        #expect(turned.width == width)
        #expect(stride(from: 0, to: 18, by: 3).map { turned.pixels[$0] } == expected)
    }

    private func exif(_ value: UInt8, bigEndian: Bool) -> [UInt8] {
        bigEndian
            ? Array("MM\0*".utf8) + [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0]
            : Array("II*\0".utf8) + [8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, value, 0, 0, 0]
    }

    @Test(arguments: [true, false]) func isReadFromEveryContainer(_ bigEndian: Bool) {
        let tiff = exif(6, bigEndian: bigEndian)
        let app1 = Array("Exif\0\0".utf8) + tiff
        let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 3, 9, 0xFF, 0xE1, 0, UInt8(app1.count + 2)] + app1 + [0xFF, 0xDA]
        #expect(Orientation(of: jpeg, format: .jpeg) == .quarterRight)
        let png = [UInt8](repeating: 0, count: 8) + [0, 0, 0, UInt8(tiff.count)] + Array("eXIf".utf8) + tiff
        #expect(Orientation(of: png, format: .png) == .quarterRight)
        let webp = [UInt8](repeating: 0, count: 12) + Array("VP8 ".utf8) + [1, 0, 0, 0, 7, 0] + Array("EXIF".utf8)
            + [UInt8(tiff.count), 0, 0, 0] + tiff
        #expect(Orientation(of: webp, format: .webp) == .quarterRight)
    }

    @Test func nonsenseIsUpright() {
        for value: UInt8 in [0, 9, 255] {
            let app1 = Array("Exif\0\0".utf8) + exif(value, bigEndian: true)
            let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE1, 0, UInt8(app1.count + 2)] + app1
            #expect(Orientation(of: jpeg, format: .jpeg) == .upright)
        }
        for count in 0..<20 {
            #expect(Orientation(of: Array(([0xFF, 0xD8, 0xFF, 0xE1, 0, 14] + Array("Exif\0\0MM".utf8)).prefix(count)), format: .jpeg) == .upright)
            #expect(Orientation(of: [UInt8](repeating: 255, count: count), format: .png) == .upright)
        }
    }
}
