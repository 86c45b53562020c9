import Ordinals
import Testing

@testable import FieldIndex

@Suite struct PhraseQueryTests {
    private func frequency(_ places: [[Int32]], slop: Int, offsets: [Int]? = nil, terms: [String]? = nil) -> Float {
        let slots = places.indices.map { PhraseQuery.Slot([terms?[$0] ?? "t\($0)"], position: offsets?[$0] ?? $0) }
        var matcher = PhraseMatcher(PhraseQuery(field: "t", slots: slots, slop: slop))
        matcher.places = zip(places, slots).map { places, slot in places.map { $0 - Int32(slot.position) } }
        return matcher.frequency()
    }

    /// As Lucene counts them.
    @Test func phrasesAreCounted() {
        #expect(frequency([[0, 10], [1, 11, 20]], slop: 0) == 2)
        #expect(frequency([[0], [2]], slop: 0) == 0)
        #expect(frequency([[0], [2]], slop: 0, offsets: [0, 2]) == 1)
        #expect(frequency([[0], [2]], slop: 1) == 0.5)
        // The other way round takes two moves.
        #expect(frequency([[1], [0]], slop: 1) == 0 && frequency([[1], [0]], slop: 2) == 1 / Float(3))
        #expect(frequency([[0, 100], [3, 101]], slop: 5) == 1 / Float(3) + 1)
        #expect(frequency([[5]], slop: 3) == 1 && frequency([[], [1]], slop: 3) == 0)
        // One place is not taken twice.
        #expect(frequency([[4], [4]], slop: 3, terms: ["a", "a"]) == 0)
        #expect(frequency([[4, 5], [4, 5]], slop: 3, terms: ["a", "a"]) == 1)
        #expect(frequency([[0, 200, 201], [0, 200, 201]], slop: 1, terms: ["a", "a"]) == 1)
    }

    @Test func slotsMayHaveSeveralTerms() throws {
        var builder = SegmentBuilder()
        for (ordinal, words) in [["quick", "fox"], ["fast", "fox"], ["fast", "dog"], ["fox", "fast"]].enumerated() {
            builder.addDocument(UInt32(ordinal))
            for (position, word) in words.enumerated() { builder.add(token: word, position: position, to: "t") }
        }
        let segment = builder.finish()
        let view = FieldIndexView([try #require(segment)])
        let phrase = PhraseQuery(field: "t", slots: [.init(["quick", "fast"], position: 0), .init(["fox"], position: 1)])
        #expect(view.score(phrase, among: [0, 1, 2, 3]).ordinals == [0, 1])
        #expect(view.score(phrase, among: [1]).ordinals == [1])
        #expect(view.score(PhraseQuery(field: "t", slots: []), among: [1]).ordinals.isEmpty)
        #expect(view.score(PhraseQuery(field: "t", terms: ["fox", "absent"]), among: [1]).ordinals.isEmpty)
    }
}
