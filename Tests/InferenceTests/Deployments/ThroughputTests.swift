import Testing

@testable import Inference

@Suite struct ThroughputTests {
    @Test func countsTheLastWholeMinuteAndTheBest() {
        var throughput = Throughput()
        throughput.count(items: 3, cacheHits: 1, encodingTime: .milliseconds(6), at: 60_000)
        throughput.count(items: 2, cacheHits: 0, encodingTime: .milliseconds(4), at: 119_999)
        #expect(throughput.itemsLastMinute == 0 && throughput.peak == 0 && throughput.averageTimeLastMinute == nil)
        throughput.count(items: 1, cacheHits: 0, encodingTime: .zero, at: 120_000)
        #expect(throughput.itemsLastMinute == 5 && throughput.cacheHitsLastMinute == 1 && throughput.peak == 5)
        #expect(throughput.averageTimeLastMinute == .milliseconds(2))
        throughput.advance(to: 180_000)
        #expect(throughput.itemsLastMinute == 1 && throughput.peak == 5)
        // A minute without items lies between.
        throughput.advance(to: 300_000)
        #expect(throughput.itemsLastMinute == 0 && throughput.peak == 5)
    }
}
