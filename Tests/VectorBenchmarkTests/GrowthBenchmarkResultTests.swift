import JSON
import Testing

@testable import VectorBenchmark

@Suite struct GrowthBenchmarkResultTests {
    private func result(_ points: [(Double, Double, Double)]) -> GrowthBenchmarkResult {
        GrowthBenchmarkResult(
            form: .sealed, rows: 1000, recall: 0.95, buildSeconds: 2, openSeconds: 0.5, residentBytesPerVector: 450,
            points: points.map { .init(ef: $0, recall: $1, seconds: $2) })
    }

    @Test func theRecallIsHeldBetweenPoints() throws {
        let held = try #require(result([(10, 0.8, 1e-5), (20, 0.9, 2e-5), (80, 1, 8e-5)]).held)
        #expect(abs(held.ef - 40) < 1e-6 && abs(held.seconds - 4e-5) < 1e-12 && held.recall == 0.95)
    }

    @Test func atTheEndsNothingIsMadeUp() {
        #expect(result([(10, 0.97, 1e-5), (20, 0.99, 2e-5)]).held == .init(ef: 10, recall: 0.97, seconds: 1e-5))
        #expect(result([(10, 0.8, 1e-5)]).held == nil && result([]).held == nil)
        #expect(result([]).json["ef"] == nil && result([(10, 0.97, 1e-5)]).json["ef"] == .double(10))
        #expect(result([]).json["build_vectors_per_second"] == .double(500))
    }
}
