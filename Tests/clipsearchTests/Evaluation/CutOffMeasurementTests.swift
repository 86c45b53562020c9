import Testing

@testable import clipsearch

@Suite struct CutOffMeasurementTests {
    @Test func theCutIsWherePrecisionAndRecallAreBest() throws {
        // At 0.7: 3 of 3 right, 3 of 4 found, F1 = 6/7. At 0.4 all are found, among two wrong ones: 8/10.
        let cut = try #require(CutOffMeasurement(related: [0.9, 0.8, 0.7, 0.4], unrelated: [0.6, 0.5, 0.1, 0], unseen: 4))
        #expect(cut.similarity == 0.7 && cut.precision == 1 && cut.recall == 0.75 && cut.falsePositiveRate == 0)
        #expect(cut.positives == 4 && cut.negatives == 8)
    }

    @Test func equalSimilaritiesPassTogether() throws {
        let cut = try #require(CutOffMeasurement(related: [0.5, 0.5], unrelated: [0.5, 0.1]))
        #expect(cut.similarity == 0.5 && abs(cut.precision - 2.0 / 3) < 1e-9 && cut.recall == 1 && cut.falsePositiveRate == 0.5)
    }

    @Test func bothKindsAreNeeded() {
        #expect(CutOffMeasurement(related: [], unrelated: [1]) == nil)
        #expect(CutOffMeasurement(related: [1], unrelated: []) == nil)
    }
}
