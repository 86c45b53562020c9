import Foundation
import Testing

@testable import clipsearch

@Suite struct LogitScaleFitTests {
    /// Of four pictures with cosines 0.5 and 0.3, three are of the first label: the scale gives it 3/4, so 0.2 · s = ln 3.
    @Test func theScaleIsAsSureAsItIsRight() throws {
        let examples = [0, 0, 0, 1].map { (cosines: [Float(0.5), 0.3], label: $0) }
        let scale = try #require(LogitScaleFit.scale(examples))
        #expect(abs(Double(scale) - log(3) / 0.2) < 0.05)
    }

    @Test func nothingToChooseBetween() {
        #expect(LogitScaleFit.scale([]) == nil)
        #expect(LogitScaleFit.scale([(cosines: [1], label: 0)]) == nil)
        #expect(LogitScaleFit.scale([(cosines: [1, 0], label: 5)]) == nil)
    }

    @Test func alwaysRightIsAsSureAsCanBe() throws {
        #expect(try #require(LogitScaleFit.scale([(cosines: [0.9, 0.1], label: 0)])) > 900)
    }
}
