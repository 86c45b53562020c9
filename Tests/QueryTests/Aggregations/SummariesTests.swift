import Testing

@testable import Query

@Suite struct SummariesTests {
    @Test func boxesMayCrossTheDateLine() {
        var summary = GeoSummary()
        #expect(summary.bounds(wrapsLongitude: true) == nil && summary.centroid == nil)
        summary.add(latitude: 10, longitude: 170)
        summary.add(latitude: -10, longitude: -170)
        #expect(summary.bounds(wrapsLongitude: true) == .init(top: 10, left: 170, bottom: -10, right: -170))
        #expect(summary.bounds(wrapsLongitude: false) == .init(top: 10, left: -170, bottom: -10, right: 170))
        #expect(summary.centroid?.latitude == 0 && summary.count == 2)
        var other = GeoSummary()
        other.add(latitude: 20, longitude: 0)
        summary.merge(other)
        #expect(summary.bounds(wrapsLongitude: true)?.top == 20 && summary.count == 3)
    }

    @Test func strings() {
        var summary = StringSummary(), other = StringSummary()
        summary.add("aab")
        other.add("b", times: 2)
        summary.merge(other)
        #expect(summary.count == 3 && summary.shortest == 1 && summary.longest == 3 && summary.meanLength == 5.0 / 3)
        #expect(summary.distribution.map(\.character) == ["b", "a"] && summary.distribution.map(\.part) == [0.6, 0.4])
        #expect(abs(summary.entropy - 0.970950594454669) < 1e-12)
    }

    @Test func weights() {
        var sum = WeightedSum()
        #expect(sum.mean == nil)
        sum.add(1, weight: 3)
        sum.add(5, weight: 1)
        #expect(sum.mean == 2)
    }

    @Test func extendedStatistics() {
        var summary = MetricSummary()
        summary.add(4)
        #expect(summary.value("variance_sampling", sigma: 2)?.isNaN == true && summary.value("std_upper", sigma: 2) == 4)
        summary.add(8)
        #expect(summary.value("variance_sampling", sigma: 2) == 8 && summary.value("std_lower", sigma: 3) == 0)
    }
}
