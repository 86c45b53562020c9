import TestSupport
import Testing

@testable import Query

@Suite struct QuantileSketchTests {
    private func sketch(_ values: [Double]) -> QuantileSketch {
        var sketch = QuantileSketch()
        for value in values { sketch.add(value) }
        return sketch
    }

    @Test func fewAreExact() {
        let reader = sketch([151, 1, 101, 51]).reader
        #expect([1, 25, 50, 75, 99].map { reader.quantile($0 / 100) } == [2.5, 38.5, 76, 113.5, 149.5])
        #expect([0, 1, 50, 100, 151, 200].map { reader.rank($0) } == [0, 0.125, 0.37, 0.62, 0.875, 1])
        #expect(reader.medianAbsoluteDeviation == 50)
        #expect(sketch([]).reader.quantile(0.5) == nil && sketch([]).reader.rank(1) == nil)
        #expect(sketch([3]).reader.quantile(0.9) == 3)
    }

    /// A digest of many, in one and merged from parts, lies near the sorted numbers, and nearer at the ends.
    @Test func manyAreNear() {
        var random = SeededGenerator(seed: 5)
        let values = (0..<200_000).map { _ in pow4(.random(in: 0..<1, using: &random)) }
        let sorted = values.sorted()
        let whole = sketch(values)
        var merged = QuantileSketch()
        for start in stride(from: 0, to: values.count, by: 50_000) { merged.merge(sketch(Array(values[start..<(start + 50_000)]))) }
        for sketch in [whole, merged] {
            #expect(sketch.count == values.count && sketch.minimum == sorted.first && sketch.maximum == sorted.last)
            let reader = sketch.reader
            #expect(reader.centroids.count < 20_000)
            for (fraction, tolerance) in [(0.001, 0.0005), (0.01, 0.001), (0.25, 0.005), (0.5, 0.005), (0.99, 0.001), (0.999, 0.0005)] {
                let value = reader.quantile(fraction) ?? .nan
                let rank = Double(sorted.firstIndex { $0 >= value } ?? sorted.count) / Double(sorted.count)
                #expect(abs(rank - fraction) < tolerance)
                #expect(abs((reader.rank(value) ?? 0) - fraction) < tolerance)
            }
        }
    }

    private func pow4(_ value: Double) -> Double { value * value * value * value }

    @Test func whiskersAndBoxplot() throws {
        var quantiles = Quantiles(.digest(compression: 100))
        for value in [2.0, 3, 5, 10, 15, 1000] { quantiles.add(value) }
        let plot = try #require(Boxplot(quantiles))
        #expect(plot.minimum == 2 && plot.maximum == 1000 && plot.lower == 2 && plot.upper == 15)
        #expect(Boxplot(Quantiles(.digest(compression: 100))) == nil)
    }

    /// What HdrHistogram answers for these numbers, as Elasticsearch's tests have it.
    @Test func histogramOfDigits() {
        var quantiles = Quantiles(.histogram(digits: 3))
        for value in [1.0, 51, 101, 151] { quantiles.add(value) }
        #expect(quantiles.percentiles([1, 25, 50, 75, 99]) == [1, 1, 51.0302734375, 101.0615234375, 151.1240234375])
        #expect(quantiles.ranks([50, 51, 200, -1]) == [25, 50, 100, 0])
        var negative = DigitHistogram(digits: 2)
        #expect(!negative.add(-1) && negative.count == 0 && negative.quantile(0.5) == nil)
    }
}
