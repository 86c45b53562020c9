import Ordinals
import TestSupport
import Testing

@testable import FieldIndex

/// Every kind of search beside a walk over all documents, before and after merges that drop some.
@Suite struct FieldIndexViewTests {
    /// As many documents as each shape of presence and of postings needs; one, none; ordinals far from 0.
    @Test(arguments: [(0, 1), (1, 1), (40, 3), (700, 1), (700, 9)], [0, 70_001] as [UInt32])
    func agreesWithItsTwin(shape: (count: Int, segments: Int), first: UInt32) throws {
        var model = Model(count: shape.count, seed: UInt64(shape.count + shape.segments), first: first, segments: shape.segments)
        var generator = SeededGenerator(seed: 9)
        try expectAgreement(model, isWhole: true)
        for share in [0, 0.3, 0.9] {
            model.merge(dropping: share, &generator)
            try expectAgreement(model, isWhole: true)
        }
        // All are gone.
        model.merge(dropping: 1.1, &generator)
        #expect(model.view.segments.isEmpty)
        try expectAgreement(model, isWhole: true)
    }

    private func expectAgreement(_ model: Model, isWhole: Bool) throws {
        let view = model.view
        for word in Model.words + ["absent"] {
            #expect(view.documents(withAnyOf: [word], in: "k") == model.matching { $0.keywords.contains(word) }, "\(word)")
            #expect(view.documents(withAnyOf: [word], in: "t") == model.matching { $0.text.contains { $0.term == word } }, "\(word)")
            #expect(view.documentFrequency(of: word, in: "t") == model.matching { $0.text.contains { $0.term == word } }.count)
            for lower in [true, false] {
                #expect(
                    view.documents(withTermsFrom: TermBound(word, isInclusive: lower), to: TermBound("fox", isInclusive: !lower), in: "k")
                        == model.matching { document in
                            document.keywords.contains {
                                let (above, below) = (Self.precedes(word, $0), Self.precedes($0, "fox"))
                                return (above || lower && $0 == word) && (below || !lower && $0 == "fox")
                            }
                        }, "\(word)")
            }
        }
        #expect(view.documents(withAnyOf: ["a", "fox"], in: "k") == model.matching { !Set($0.keywords).isDisjoint(with: ["a", "fox"]) })
        for field in ["k", "t", "n", "d", "p", "e"] {
            let expected = model.matching { Self.has($0, field) }
            #expect(view.documents(having: field) == expected, "\(field)")
            #expect(view.documentCount(having: field) == expected.count, "\(field)")
        }
        #expect(view.documents(having: "nothing").isEmpty)
        for range in [-3...3, Int64.min ... .max, 0...0, .min ... -6, 6 ... .max, 100...200] as [ClosedRange<Int64>] {
            #expect(view.documents(withNumberIn: range, of: "n") == model.matching { $0.longs.contains { range.contains($0) } }, "\(range)")
            #expect(view.documents(withNumberIn: range, of: "d").isEmpty)
        }
        for range in [-0.0...0.0, 0.0...0.0, -2...2, -.infinity ... .infinity, 1.5...1e299] as [ClosedRange<Double>] {
            #expect(
                view.documents(withNumberIn: range, of: "d") == model.matching { $0.doubles.contains { range.contains($0) } }, "\(range)")
        }
        let statistics = view.statistics(of: "t")
        #expect(statistics.documents == model.matching { !$0.text.isEmpty }.count)
        #expect(statistics.totalFrequency == model.documents.values.reduce(0) { $0 + $1.text.count })
        #expect(view.segments.reduce(0) { $0 + $1.documentCount } == model.documents.count)
        try expectPatterns(model)
        expectPoints(model)
        expectColumns(model)
        expectScores(model)
    }

    static func precedes(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }

    static func has(_ document: ModelDocument, _ field: String) -> Bool {
        switch field {
        case "k", "e": !document.keywords.isEmpty
        case "t": !document.text.isEmpty
        case "n": !document.longs.isEmpty
        case "d": !document.doubles.isEmpty
        default: !document.points.isEmpty
        }
    }

    private func expectPatterns(_ model: Model) throws {
        let patterns: [TermPattern] = [
            .prefix("a"), .prefix("A", ignoringCase: true), .prefix(""), .wildcard("*o*"), .wildcard("f?x"), .wildcard("FOX*", ignoringCase: true),
            .ignoringCase("Fox"), try .regexp("fo.*|[ab]+"), try .regexp("q(ui|ua)ck"), try .regexp("~(.*o.*)"),
        ]
        for pattern in patterns {
            let expected = model.matching { $0.keywords.contains { (try? pattern.matches($0)) ?? false } }
            #expect(try model.view.documents(matching: pattern, in: "k") == expected, "\(pattern)")
        }
    }

    private func expectPoints(_ model: Model) {
        let boxes = [
            GeoBox(top: 50, left: -20, bottom: -10, right: 60), GeoBox(top: 90, left: 170, bottom: -90, right: -170),
            GeoBox(top: -10, left: 0, bottom: 10, right: 5), GeoBox(top: 90, left: -180, bottom: -90, right: 180),
        ]
        for box in boxes {
            let expected = model.matching {
                $0.points.contains { point in
                    guard box.bottom <= box.top, (box.bottom...box.top).contains(point.latitude) else { return false }
                    return box.left <= box.right
                        ? (box.left...box.right).contains(point.longitude) : point.longitude >= box.left || point.longitude <= box.right
                }
            }
            #expect(model.view.documents(in: box, of: "p") == expected, "\(box)")
        }
        for (latitude, longitude) in [(0.0, 0.0), (89, 10), (-45, 179.9), (48.5, 9.2)] {
            for radius in [0, 1000, 500_000, 5_000_000, 19_000_000, 30_000_000.0] {
                let expected = model.matching {
                    $0.points.contains { GeoCircle.distance(latitude, longitude, $0.latitude, $0.longitude) <= radius }
                }
                #expect(
                    model.view.documents(in: GeoCircle(latitude: latitude, longitude: longitude, radius: radius), of: "p") == expected,
                    "\(latitude) \(longitude) \(radius)")
            }
        }
    }

    private func expectColumns(_ model: Model) {
        let some = OrdinalSet(model.live.filter { $0 % 3 != 0 })
        var longs: [UInt32: [Int64]] = [:]
        for column in model.view.numbers("n") {
            column.forEachBlock(of: some) { ordinals, values in
                for (ordinal, value) in zip(ordinals, values) { longs[ordinal, default: []].append(value) }
            }
        }
        var doubles: [UInt32: [Double]] = [:]
        for column in model.view.numbers("d") {
            column.forEachDoubleBlock(of: some) { ordinals, values in
                for (ordinal, value) in zip(ordinals, values) { doubles[ordinal, default: []].append(value) }
            }
        }
        var points: [UInt32: Int] = [:]
        for column in model.view.points("p") {
            column.forEachBlock(of: some) { ordinals, _ in for ordinal in ordinals { points[ordinal, default: 0] += 1 } }
        }
        for ordinal in model.live {
            let document = model.documents[ordinal] ?? ModelDocument()
            let isAsked = some.contains(ordinal)
            #expect(longs[ordinal] ?? [] == (isAsked ? document.longs.sorted() : []))
            #expect(doubles[ordinal] ?? [] == (isAsked ? document.doubles.sorted() : []))
            #expect(points[ordinal] ?? 0 == (isAsked ? document.points.count : 0))
            #expect(model.view.numbers("n").flatMap { $0.values(of: ordinal) } == document.longs.sorted())
        }
        let keywords = model.view.keywords("k")
        #expect((keywords == nil) == model.documents.values.allSatisfy(\.keywords.isEmpty))
        guard let keywords else { return }
        let names = (0..<keywords.termCount).map { keywords.term($0) }
        #expect(names == Set(model.documents.values.flatMap(\.keywords)).sorted(by: Self.precedes))
        let counts = keywords.counts(of: some)
        for (name, count) in zip(names, counts) {
            #expect(count == some.filter { model.documents[$0]?.keywords.contains(name) == true }.count, "\(name)")
        }
    }

    private func expectScores(_ model: Model) {
        let accepted = OrdinalSet(model.live.filter { $0 % 5 != 0 })
        let few = OrdinalSet(model.live.prefix(3))
        let terms = ["fox", "a", "quick", "absent"].map { ScoredTerm(field: "t", term: $0, boost: $0 == "a" ? 2 : 1) }
        for among in [accepted, few, []] as [OrdinalSet] {
            for term in terms {
                let found = model.view.score(term, among: among)
                #expect(found.ordinals == model.matching { $0.text.contains { $0.term == term.term } }.intersection(among))
                for (ordinal, score) in zip(found.ordinals, found.scores) {
                    #expect(abs(score - Self.score(term, model, ordinal)) <= 1e-5 * score, "\(term)")
                }
            }
            let sum = model.view.score(anyOf: terms, among: among)
            #expect(sum.scores.count == sum.ordinals.count)
            #expect(sum.ordinals == terms.reduce(into: OrdinalSet()) { $0.formUnion(model.view.score($1, among: among).ordinals) })
            for (ordinal, score) in zip(sum.ordinals, sum.scores) {
                #expect(abs(score - terms.reduce(0) { $0 + Self.score($1, model, ordinal) }) <= 1e-5 * score)
            }
        }
        for slop in 0...3 {
            for words in [["quick", "fox"], ["a", "ab", "abc"], ["fox", "fox"]] {
                let phrase = PhraseQuery(field: "t", terms: words, slop: slop)
                let found = model.view.score(phrase, among: accepted).ordinals
                if slop == 0 {
                    #expect(found == model.matching { Self.stands(words, in: $0) }.intersection(accepted), "\(words)")
                }
                #expect(model.matching { Self.stands(words, in: $0) }.intersection(accepted).isSubset(of: found))
            }
        }
    }

    static func stands(_ words: [String], in document: ModelDocument) -> Bool {
        let places = Set(document.text.map { "\($0.position) \($0.term)" })
        return document.text.contains { token in
            words.indices.allSatisfy { places.contains("\(token.position + $0) \(words[$0])") }
        }
    }

    static func score(_ term: ScoredTerm, _ model: Model, _ ordinal: UInt32) -> Float {
        guard let text = model.documents[ordinal]?.text else { return 0 }
        let frequency = Float(text.filter { $0.term == term.term }.count)
        if frequency == 0 { return 0 }
        let having = model.documents.values.filter { !$0.text.isEmpty }
        let average = Float(having.reduce(0) { $0 + $1.text.count }) / Float(having.count)
        let matching = having.filter { $0.text.contains { $0.term == term.term } }.count
        let rarity = BM25.inverseDocumentFrequency(documents: having.count, matching: matching)
        let length = Float(Set(text.map(\.position)).count)
        return term.boost * 2.2 * rarity * frequency / (frequency + 1.2 * (0.25 + 0.75 * length / average))
    }
}
