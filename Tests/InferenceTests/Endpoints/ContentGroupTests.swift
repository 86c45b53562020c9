import Contents
import Inference
import Testing

@Suite struct ContentGroupTests {
    @Test func oneContentIsLeftAsItIs() throws {
        #expect(try ContentGroup.mixed([[3, 4]], weights: [1]) == [3, 4])
    }

    @Test func severalBecomeOneOfLengthOne() throws {
        // Lengths do not count, weights do.
        let mixed = try #require(try ContentGroup.mixed([[10, 0], [0, 0.5]], weights: [3, 4]))
        #expect(abs(mixed[0] - 0.6) < 1e-6 && abs(mixed[1] - 0.8) < 1e-6)
        #expect(try ContentGroup.mixed([[2, 0]], weights: [0.5]) == [1, 0])
    }

    @Test func negativeWeightsTurnAway() throws {
        let mixed = try #require(try ContentGroup.mixed([[1, 0], [1, 1]], weights: [1, -0.5]))
        #expect(mixed[1] < 0 && mixed[0] > 0)
        #expect(try ContentGroup.mixed([[1, 0]], weights: [-1]) == [-1, 0])
    }

    @Test(arguments: [[[Float(1), 0], [1, 0]], [[0.3, 0.1], [0.3, 0.1]], [[0, 0], [0, 0]]])
    func whatCancelsOutIsRefused(_ vectors: [[Float]]) {
        #expect(throws: InferenceError.contentsCancelOut) { try ContentGroup.mixed(vectors, weights: [1, -1]) }
    }

    @Test func differentWidthsAreNotMixed() throws {
        #expect(try ContentGroup.mixed([[1, 0], [1]], weights: [1, 1]) == nil)
        #expect(try ContentGroup.mixed([], weights: []) == nil)
    }
}
