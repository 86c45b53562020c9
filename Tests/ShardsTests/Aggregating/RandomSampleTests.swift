import Ordinals
import Testing

@testable import Shards

@Suite struct RandomSampleTests {
    private let all = OrdinalSet((0..<10_000).map { UInt32($0) })

    @Test func aSampleIsOfTheSharePromised() {
        var sample = RandomSample(probability: 0.1, seed: 7), again = RandomSample(probability: 0.1, seed: 7)
        let chosen = sample.of(all)
        #expect((900...1100).contains(chosen.count))
        #expect(again.of(all) == chosen)
    }

    /// 1 - p is 1 in floating point.
    @Test(arguments: [1e-20, 1e-300, Double.leastNonzeroMagnitude]) func probabilitiesMayBeTiny(probability: Double) {
        var sample = RandomSample(probability: probability, seed: 1)
        #expect(sample.of(all).count == 0)
    }
}
