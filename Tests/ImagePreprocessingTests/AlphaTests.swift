import CImageCodecs
import TestSupport
import Testing

@Suite struct AlphaTests {
    /// Rounded as Pillow's `alpha_composite` does, at every length: the vector kernels leave the last pixels to the scalar ones.
    @Test(arguments: 0..<40) func pixelsAreBlendedAsOneByOne(_ count: Int) {
        var random = SeededGenerator(seed: UInt64(count))
        let rgba = (0..<(count * 4)).map { _ in UInt8.random(in: 0...255, using: &random) }
        var blended = [UInt8](repeating: 1, count: count * 3 + 1), dropped = blended
        cimage_blend_onto_white(rgba, &blended, count)
        cimage_drop_alpha(rgba, &dropped, count)
        for pixel in 0..<count {
            for channel in 0..<3 {
                let colour = Int(rgba[pixel * 4 + channel]), alpha = Int(rgba[pixel * 4 + 3])
                let sum = colour * alpha + 255 * (255 - alpha) + 128
                #expect(Int(blended[pixel * 3 + channel]) == (sum + (sum >> 8)) >> 8)
                #expect(Int(dropped[pixel * 3 + channel]) == colour)
            }
        }
        #expect(blended.last == 1 && dropped.last == 1, "nothing is written behind the last pixel")
    }

    /// All pairs of a colour and an alpha.
    @Test func everyBlendIsRounded() {
        let rgba = (0..<65_536).flatMap { (pair: Int) -> [UInt8] in
            let colour = UInt8(pair >> 8)
            return [colour, colour, colour, UInt8(pair & 255)]
        }
        var rgb = [UInt8](repeating: 0, count: 65_536 * 3)
        cimage_blend_onto_white(rgba, &rgb, 65_536)
        let wrong = (0..<65_536).filter { (pair: Int) -> Bool in
            let colour = pair >> 8, alpha = pair & 255
            let sum = colour * alpha + 255 * (255 - alpha) + 128
            return Int(rgb[pair * 3]) != (sum + (sum >> 8)) >> 8
        }
        #expect(wrong == [])
    }
}
