import Query
import Testing

@Suite struct DistinctCountTests {
    private func count(_ range: Range<UInt64>) -> DistinctCount {
        range.reduce(into: DistinctCount()) { $0.add(hash: DistinctCount.hash($1)) }
    }

    @Test func fewAreExact() {
        var count = count(0..<60_000)
        count.merge(self.count(30_000..<61_000))
        #expect(count.value == 61_000)
        #expect(DistinctCount().value == 0)
    }

    @Test func manyAreEstimated() {
        var count = count(0..<300_000)
        #expect(abs(Double(count.value) / 300_000 - 1) < 0.03)
        count.merge(self.count(200_000..<500_000))
        #expect(abs(Double(count.value) / 500_000 - 1) < 0.03)
        var exact = self.count(0..<10)
        exact.merge(count)
        #expect(exact.value == count.value)
    }
}
