import Ordinals
import TestSupport
import Testing

@testable import FieldIndex

@Suite struct ExactPhraseTests {
    private let words = ["a", "b", "c", "d"]

    /// - Parameter start: where texts begin; beyond 65,535 positions are held in their wide form.
    @Test(arguments: [0, 65_530, 70_000])
    func countsAsALookAtTheTextDoes(_ start: Int) throws {
        var generator = SeededGenerator(seed: 7)
        let texts = (0..<300).map { _ in (0..<Int.random(in: 1...12, using: &generator)).map { _ in words.randomElement(using: &generator) ?? "a" } }
        var builder = SegmentBuilder()
        for (ordinal, text) in texts.enumerated() {
            builder.addDocument(UInt32(ordinal * 3))
            for (place, word) in text.enumerated() { builder.add(token: word, position: start + place, to: "t") }
        }
        let segment = builder.finish()
        let index = try #require(segment?.terms("t"))
        let phrases = [["a"], ["a", "b"], ["b", "a"], ["a", "a"], ["a", "b", "a"], ["c", "d", "a", "b"]]
        for phrase in phrases {
            // The second form leaves a gap in front of the last word.
            for gap in [0, 1] {
                let slots = phrase.enumerated().map { place, word in
                    PhraseQuery.Slot([word], position: place == phrase.count - 1 ? place + gap : place)
                }
                var exact = try #require(ExactPhrase(PhraseQuery(field: "t", slots: slots), in: index))
                for (ordinal, text) in texts.enumerated() {
                    let expected = text.indices.count { first in
                        slots.allSatisfy { slot in
                            let place = first + slot.position - slots[0].position
                            return place < text.count && text[place] == slot.terms[0]
                        }
                    }
                    let found = exact.occurrences(in: ordinal * 3 - index.base, of: index)
                    #expect((found?.count ?? 0) == expected, "\(phrase) in \(text)")
                }
            }
        }
    }

    @Test func otherPhrasesAreLeftToTheMatcher() throws {
        var builder = SegmentBuilder()
        builder.addDocument(0)
        builder.add(token: "a", position: 0, to: "t")
        let segment = builder.finish()
        let index = try #require(segment?.terms("t"))
        let refused = [
            PhraseQuery(field: "t", terms: ["a", "a"], slop: 1), PhraseQuery(field: "t", slots: []), PhraseQuery(field: "t", terms: ["a", "b"]),
            PhraseQuery(field: "t", slots: [.init(["a", "b"], position: 0)]),
        ]
        for phrase in refused { #expect(ExactPhrase(phrase, in: index) == nil) }
    }
}
