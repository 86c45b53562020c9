import Ordinals
import TestSupport
import Testing

@testable import FieldIndex

/// The field of one key of an object against a field of its own with the same values.
@Suite struct KeyedFieldTests {
    private static let keys = ["a", "a.b", "b", "é"]

    /// Segments in which each key stands both behind the others in one field, and alone in `own.KEY`.
    private func segments(_ random: inout SeededGenerator) -> [Segment] {
        var builder = SegmentBuilder()
        var segments: [Segment] = []
        var ordinal: UInt32 = 0
        for _ in 0..<4 {
            for _ in 0..<Int.random(in: 1...200, using: &random) {
                ordinal += UInt32.random(in: 1...3, using: &random)
                builder.addDocument(ordinal)
                for key in Self.keys where Int.random(in: 0..<3, using: &random) == 0 {
                    for _ in 0..<Int.random(in: 1...2, using: &random) {
                        let value = "v\(Int.random(in: 0..<20, using: &random))"
                        builder.add(key + "\u{0}" + value, to: "o._keyed")
                        builder.add(value, to: "own." + key)
                    }
                }
            }
            if let segment = builder.finish() { segments.append(segment) }
        }
        return segments
    }

    private func compare(_ view: FieldIndexView) throws {
        for key in Self.keys {
            let keyed = "o." + key, own = "own." + key
            #expect(view.documents(having: keyed) == view.documents(having: own))
            for value in 0..<22 { #expect(view.documents(withAnyOf: ["v\(value)"], in: keyed) == view.documents(withAnyOf: ["v\(value)"], in: own)) }
            let bounds = (TermBound("v1", isInclusive: false), TermBound("v3", isInclusive: true))
            #expect(
                view.documents(withTermsFrom: bounds.0, to: bounds.1, in: keyed)
                    == view.documents(withTermsFrom: bounds.0, to: bounds.1, in: own))
            #expect(view.documents(withTermsFrom: nil, to: nil, in: keyed) == view.documents(having: own))
            #expect(try view.documents(matching: .prefix("v1"), in: keyed) == view.documents(matching: .prefix("v1"), in: own))
            #expect(view.documentFrequency(of: "v1", in: keyed) == view.documentFrequency(of: "v1", in: own))
            #expect(view.termCount(of: keyed) == view.termCount(of: own))
            guard let some = view.keywords(keyed), let others = view.keywords(own) else {
                #expect(view.keywords(keyed) == nil && view.keywords(own) == nil)
                continue
            }
            #expect((0..<some.termCount).map(some.term) == (0..<others.termCount).map(others.term))
            #expect(some.counts(of: view.ordinals) == others.counts(of: view.ordinals))
            for (part, other) in zip(some.parts, others.parts) {
                for ordinal in view.ordinals { #expect(part.column.ranks(of: ordinal) == other.column.ranks(of: ordinal)) }
            }
        }
        for nothing in ["o", "o.", "o.c", "o.a.b.c", "p.a", "o._keyed.a"] { #expect(view.documents(having: nothing).isEmpty, "\(nothing)") }
    }

    @Test func aKeyIsAField() throws {
        var random = SeededGenerator(seed: 3)
        let segments = segments(&random)
        try compare(FieldIndexView(segments))
        let merged = SegmentMerger.merge(segments, keeping: FieldIndexView(segments).ordinals)
        try compare(FieldIndexView([try #require(merged)]))
    }

    @Test func columnsOfFewKeysAreKept() throws {
        var builder = SegmentBuilder()
        builder.addDocument(0)
        for key in 0..<100 { builder.add("k\(key)\u{0}v", to: "o._keyed") }
        let finished = builder.finish()
        let segment = try #require(finished)
        for key in 0..<100 { #expect(segment.keywords("o.k\(key)")?.termCount == 1) }
        #expect(segment.keyedColumns.count == 16)
    }

    /// What a search computes in a key's place is seen, and the key is not.
    @Test func anOverlayHidesAKey() throws {
        var builder = SegmentBuilder()
        builder.addDocument(0)
        builder.add("k\u{0}v", to: "o._keyed")
        let finished = builder.finish()
        builder.addDocument(0)
        builder.add("w", to: "o.k")
        let overlay = builder.finish()
        let view = FieldIndexView([try #require(finished)]).adding(overlay, as: "o.k")
        #expect(view.documents(withAnyOf: ["v"], in: "o.k").isEmpty && view.documents(withAnyOf: ["w"], in: "o.k") == [0])
    }
}
