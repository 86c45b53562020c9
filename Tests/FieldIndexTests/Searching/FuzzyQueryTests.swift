import TestSupport
import Testing

@testable import FieldIndex

@Suite struct FuzzyQueryTests {
    /// The plain recursion: each edit at the end of both words.
    private func distance(_ left: ArraySlice<Unicode.Scalar>, _ right: ArraySlice<Unicode.Scalar>, _ transposing: Bool) -> Int {
        guard let a = left.last, let b = right.last else { return left.count + right.count }
        var best = distance(left.dropLast(), right.dropLast(), transposing) + (a == b ? 0 : 1)
        if a == b { return best }
        best = min(best, distance(left.dropLast(), right, transposing) + 1, distance(left, right.dropLast(), transposing) + 1)
        if transposing, left.count > 1, right.count > 1, left[left.endIndex - 2] == b, right[right.endIndex - 2] == a {
            best = min(best, distance(left.dropLast(2), right.dropLast(2), transposing) + 1)
        }
        return best
    }

    @Test(arguments: [true, false]) func distancesAreTheRecursions(transposing: Bool) {
        var generator = SeededGenerator(seed: 4)
        func word() -> [Unicode.Scalar] {
            (0..<Int.random(in: 0...5, using: &generator)).map { _ in ["a", "b", "ü"].randomElement(using: &generator) ?? "a" }
        }
        for _ in 0..<2000 {
            let (left, right) = (word(), word())
            var matrix = EditDistance(left, limit: 2, transposing)
            let utf8 = right.flatMap { Array(String($0).utf8) }
            let found = utf8.withUnsafeBufferPointer { matrix.edits(to: $0) }
            let expected = distance(left[...], right[...], transposing)
            #expect(found?.edits == (expected <= 2 ? expected : nil), "\(left) \(right)")
            if let found { #expect(found.length == right.count) }
        }
    }

    @Test func expansionsAreTheClosestFirst() throws {
        var builder = SegmentBuilder()
        for (ordinal, words) in [["fox"], ["fax", "fox"], ["fxo"], ["ox"], ["foxes", "box"], ["dog"]].enumerated() {
            builder.addDocument(UInt32(ordinal))
            for (position, word) in words.enumerated() { builder.add(token: word, position: position, to: "t") }
        }
        let segment = builder.finish()
        let view = FieldIndexView([try #require(segment)])
        func terms(_ query: FuzzyQuery) -> [String] { view.expansions(of: query).map(\.term) }
        // A share of the shorter word: "ox" is further away than "box".
        #expect(terms(FuzzyQuery(field: "t", term: "fox", edits: 1)) == ["fox", "box", "fax", "fxo", "ox"])
        #expect(terms(FuzzyQuery(field: "t", term: "fox", edits: 1, allowsTranspositions: false)) == ["fox", "box", "fax", "ox"])
        #expect(terms(FuzzyQuery(field: "t", term: "fox", edits: 1, prefixLength: 1)) == ["fox", "fax", "fxo"])
        #expect(terms(FuzzyQuery(field: "t", term: "fox", edits: 2, prefixLength: 3)) == ["fox", "foxes"])
        #expect(terms(FuzzyQuery(field: "t", term: "fox", edits: 1, maximumExpansions: 2)) == ["fox", "box"])
        #expect(terms(FuzzyQuery(field: "t", term: "fox", edits: 0)) == ["fox"])
        #expect(terms(FuzzyQuery(field: "x", term: "fox", edits: 1)).isEmpty)
        #expect(view.expansions(of: FuzzyQuery(field: "t", term: "fox", edits: 1)).allSatisfy { $0.documentFrequency == 2 })
    }
}
