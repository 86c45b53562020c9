import Ordinals
import Testing

@testable import FieldIndex

@Suite struct SegmentMergerTests {
    @Test func runsHoldNoMoreThanASegmentMay() {
        let segments = Model(count: 200, seed: 1, segments: 5).view.segments
        let bytes = segments.map(\.byteCount)
        #expect(SegmentMerger.runs(of: []).isEmpty)
        #expect(SegmentMerger.runs(of: segments).map(\.count) == [segments.count])
        #expect(SegmentMerger.runs(of: segments, maximumBytes: 1).map(\.count) == segments.map { _ in 1 })
        #expect(SegmentMerger.runs(of: segments, maximumBytes: bytes[0] + bytes[1]).first?.count == 2)
    }

    @Test func whatIsDroppedTakesItsTermsAlong() throws {
        let model = Model(count: 60, seed: 3, segments: 3)
        let first = try #require(model.live.first)
        let kept = try #require(SegmentMerger.merge(model.view.segments, keeping: [first]))
        #expect(kept.documentCount == 1 && kept.firstOrdinal == first && kept.endOrdinal == first + 1)
        #expect(kept.keywords("k")?.termCount ?? 0 == Set(model.documents[first]?.keywords ?? []).count)
        #expect(SegmentMerger.merge(model.view.segments, keeping: []) == nil)
    }
}
