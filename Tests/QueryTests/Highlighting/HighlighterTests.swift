import JSON
import Mapping
import Testing
import TestSupport

@testable import Query

@Suite struct HighlighterTests {
    private static let mapping = """
        {"properties":{"t":{"type":"text","fields":{"v":{"type":"text","term_vector":"with_positions_offsets"}}},
         "k":{"type":"keyword","ignore_above":8},"n":{"type":"long"},"other":{"type":"text"}}}
        """

    private func fragments(
        _ query: Query, in source: String, fields: [String] = ["t"], limits: Highlighter.Limits = .init(),
        _ change: (inout Highlight.Settings) -> Void = { _ in }
    ) throws -> [String: [String]] {
        let mapping = try Mapping(decoding: JSONDocument(parsing: Self.mapping).root)
        var settings = Highlight.Settings()
        change(&settings)
        let highlight = Highlight(fields: fields.map { Highlight.Field(pattern: $0) }, settings: settings)
        let highlighter = try Highlighter(
            highlight, query: try Planner(mapping: mapping, now: 0).plan(query), mapping: mapping, now: 0, limits: limits)
        let found = try highlighter.fragments(of: JSONDocument(parsing: source).root, document: "1", index: "i")
        return Dictionary(uniqueKeysWithValues: found.map { ($0.field, $0.fragments) })
    }

    private func match(_ text: String, _ form: MatchQuery.Form = .terms, _ field: String = "t") -> Query {
        Query(.match(MatchQuery(field: field, text: .string(text), form: form)))
    }

    private let fox = #"{"t":"The quick brown fox is brown.","k":"brown"}"#

    @Test func everyKindOfQuery() throws {
        let marked = "The quick <em>brown</em> fox is <em>brown</em>."
        let queries: [Query] = [
            match("brown"), Query(.pattern(PatternQuery(field: "t", text: "br", kind: .prefix))),
            Query(.pattern(PatternQuery(field: "t", text: "b*n", kind: .wildcard))),
            Query(.pattern(PatternQuery(field: "t", text: "b.+n", kind: .regexp(flags: "ALL", maximumStates: 1000)))),
            Query(.fuzzy(FuzzyTermQuery(field: "t", value: .string("brwn")))),
            Query(.terms(TermsQuery(field: "t", values: [.string("brown"), .string("x")]))),
            Query(.queryString(QueryStringQuery(text: "t:brown"))),
            Query(.bool(BoolQuery(filter: [match("brown")], mustNot: [match("absent")]))),
            Query(.constantScore(filter: match("brown"))), Query(.disMax([match("brown"), match("x")], tieBreaker: 0)),
            Query(.boosting(positive: match("brown"), negative: match("fox"), negativeBoost: 0.5)),
        ]
        for query in queries { #expect(try fragments(query, in: fox) == ["t": [marked]], "\(query)") }
    }

    @Test func phrasesAreMarkedAsOne() throws {
        #expect(try fragments(match("brown fox", .phrase(slop: 0)), in: fox) == ["t": ["The quick <em>brown fox</em> is brown."]])
        #expect(try fragments(match("quick fox", .phrase(slop: 1)), in: fox) == ["t": ["The <em>quick brown fox</em> is brown."]])
        #expect(try fragments(match("brown f", .phrasePrefix(slop: 0, expansions: 50)), in: fox)["t"] == ["The quick <em>brown fox</em> is brown."])
        #expect(
            try fragments(match("brown fox", .phrase(slop: 0)), in: fox, limits: .init(marksWholePhrases: false))["t"]
                == ["The quick <em>brown</em> <em>fox</em> is brown."])
        #expect(try fragments(match("fox brown", .phrase(slop: 0)), in: fox) == [:])
    }

    /// What does not match marks nothing: of a conjunction that lacks a word, no word is marked.
    @Test func onlyWhatMatches() throws {
        let all = Query(.bool(BoolQuery(must: [match("brown"), match("absent")])))
        #expect(try fragments(all, in: fox) == [:])
        // Other fields are not looked at.
        let across = Query(.bool(BoolQuery(must: [match("brown"), match("absent", .terms, "other")])))
        #expect(try fragments(across, in: fox)["t"]?.count == 1)
    }

    @Test func fieldsByPatterns() throws {
        let query = Query(.multiMatch(MultiMatchQuery(fields: [WeightedField("t*"), WeightedField("k")], text: .string("brown"))))
        let found = try fragments(query, in: fox, fields: ["*"])
        #expect(Set(found.keys) == ["t", "t.v", "k"] && found["k"] == ["<em>brown</em>"])
        #expect(try fragments(match("brown"), in: fox, fields: ["k"]) == [:])
        #expect(try fragments(match("brown"), in: fox, fields: ["k"]) { $0.requiresFieldMatch = false } == ["k": ["<em>brown</em>"]])
        // Longer than what is indexed.
        #expect(try fragments(match("brown"), in: #"{"k":"brown bear"}"#, fields: ["k"]) { $0.requiresFieldMatch = false } == [:])
    }

    private let sentences = """
        {"t":"The first sentence has nothing. A fox is in the second one. Then there is a third, which is long enough to be cut off \
        somewhere, if the size of fragments says so. The fox comes back at the end."}
        """

    @Test func sentencesAsFragments() throws {
        let found = try fragments(match("fox"), in: sentences) { $0.fragmentSize = 40 }
        #expect(found["t"] == ["A <em>fox</em> is in the second one.", "The <em>fox</em> comes back at the end."])
        let whole = try fragments(match("fox"), in: sentences) { $0.fragmentCount = 0 }
        #expect(whole["t"]?.count == 1 && whole["t"]?.first?.hasPrefix("The first sentence") == true)
        let one = try fragments(match("fox"), in: sentences) { ($0.fragmentSize, $0.fragmentCount) = (40, 1) }
        #expect(one["t"]?.count == 1)
        let words = try fragments(match("fox"), in: sentences) { $0.boundaryScanner = .word }
        #expect(words["t"] == ["<em>fox</em>", "<em>fox</em>"])
    }

    @Test func tagsAndEncoder() throws {
        let found = try fragments(match("fox"), in: #"{"t":"a <b> & fox"}"#) {
            ($0.preTags, $0.postTags, $0.encodesHTML) = (["["], ["]"], true)
        }
        #expect(found["t"] == ["a &lt;b&gt; &amp; [fox]"])
    }

    @Test(arguments: [("unified", "The quick brown"), ("plain", "The quick")])
    func nothingFound(type: String, beginning: String) throws {
        #expect(try fragments(match("absent"), in: fox) == [:])
        #expect(try fragments(match("absent"), in: fox) { ($0.type, $0.noMatchSize) = (type, 12) } == ["t": [beginning]])
    }

    @Test func severalValues() throws {
        let source = #"{"t":["a fox here","nothing","the fox there"]}"#
        #expect(try fragments(match("fox"), in: source)["t"] == ["a <em>fox</em> here", "the <em>fox</em> there"])
        #expect(try fragments(match("fox"), in: source) { $0.fragmentCount = 0 }["t"] == ["a <em>fox</em> here", "the <em>fox</em> there"])
        #expect(try fragments(match("here nothing", .phrase(slop: 0)), in: source) == [:])
    }

    @Test func otherTypes() throws {
        #expect(try fragments(match("fox"), in: fox) { $0.type = "plain" } == ["t": ["The quick brown <em>fox</em> is brown."]])
        #expect(
            try fragments(match("brown fox", .phrase(slop: 0), "t.v"), in: fox, fields: ["t.v"]) { $0.type = "fvh" }
                == ["t.v": ["The quick <em>brown fox</em> is brown."]])
        #expect(throws: PlanningError.highlight(.termVectorsMissing(field: "t"))) {
            try fragments(match("fox"), in: fox) { $0.type = "fvh" }
        }
        #expect(throws: PlanningError.highlight(.unknownType("x", field: "t"))) { try fragments(match("fox"), in: fox) { $0.type = "x" } }
    }

    @Test func longTexts() throws {
        #expect(thrownCase { try fragments(match("fox"), in: fox, limits: .init(analyzedOffset: 10)) } == "textTooLong")
        #expect(try fragments(match("brown"), in: fox, limits: .init(analyzedOffset: 20)) { $0.analyzedLimit = 15 }["t"] == ["The quick <em>brown</em> fox is brown."])
    }

    /// Highlighting never changes a text but for the tags, and all that is between tags was looked for.
    @Test(arguments: 0..<40)
    func textsStayAsTheyAre(seed: Int) throws {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        func random(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let words = ["fox", "Brown", "é", "東京", "don't", "3.5", "🦊", "x", "a", "b"]
        let ends = [" ", ", ", ". ", "! ", "? ", "\n", " (", ") "]
        var text = ""
        for _ in 0..<(20 + random(200)) { text += words[random(words.count)] + ends[random(ends.count)] }
        let source = String(decoding: JSONValue.object(["t": .string(text)]).serialized(), as: UTF8.self)
        for type in ["unified", "plain"] {
            let found = try fragments(match("fox brown 東京"), in: source) {
                ($0.type, $0.preTags, $0.postTags) = (type, ["\u{1}"], ["\u{2}"])
                ($0.fragmentSize, $0.fragmentCount) = (random(80), random(4))
            }
            for fragment in found["t"] ?? [] {
                let bare = fragment.filter { $0 != "\u{1}" && $0 != "\u{2}" }
                #expect(text.contains(bare))
                for part in fragment.split(separator: "\u{1}").dropFirst(fragment.hasPrefix("\u{1}") ? 0 : 1) {
                    #expect(["fox", "brown", "東", "京", "東京"].contains(part.prefix { $0 != "\u{2}" }.lowercased()))
                }
            }
        }
    }
}
