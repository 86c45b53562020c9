import Testing
import TestSupport

@testable import Analysis

struct CharacterTokenizerTests {
    @Test(arguments: [
        ("letter", ["The", "QUICK", "Brown", "Foxes", "dog", "s", "bone"]), ("lowercase", ["the", "quick", "brown", "foxes", "dog", "s", "bone"]),
        ("whitespace", ["The", "2", "QUICK", "Brown-Foxes", "dog's", "bone."]),
    ])
    func cuts(tokenizer: String, terms: [String]) throws {
        #expect(try analyzer(.name(tokenizer)).tokens(of: "The 2 QUICK Brown-Foxes dog's bone.").terms == terms)
    }

    @Test func cutsAtGroupsOfCharacters() throws {
        let group = described("char_group", ["tokenize_on_chars": .strings(["whitespace", "-", "\\n"])])
        #expect(try analyzer(group).tokens(of: "The QUICK brown-fox\nruns").terms == ["The", "QUICK", "brown", "fox", "runs"])
        let cjk = described("char_group", ["tokenize_on_chars": .strings(["cjk"])])
        #expect(try analyzer(cjk).tokens(of: "ab漢cd").terms == ["ab", "cd"])
    }

    @Test func cutsRunsThatAreTooLong() throws {
        let short = described("whitespace", ["max_token_length": .string("3")])
        #expect(try analyzer(short).tokens(of: "abcdefg 😀😀").lines == ["abc 0-3@0", "def 3-6@1", "g 6-7@2", "😀 8-10@3", "😀 10-12@4"])
    }

    @Test func spacesThatDoNotBreakAreNoSpaces() throws {
        #expect(try analyzer(.name("whitespace")).tokens(of: "a\u{A0}b\u{3000}c").terms == ["a\u{A0}b", "c"])
    }
}

struct KeywordTokenizerTests {
    @Test func keepsTheWholeText() throws {
        #expect(try analyzer(.name("keyword")).tokens(of: "New York 😀").lines == ["New York 😀 0-11@0"])
        #expect(try analyzer(.name("keyword")).tokens(of: "").lines == [" 0-0@0"])
    }
}

struct NGramTokenizerTests {
    @Test func givesPiecesOfTheWholeText() throws {
        #expect(
            try analyzer(.name("ngram")).tokens(of: "Quick").terms == ["Q", "Qu", "u", "ui", "i", "ic", "c", "ck", "k"])
    }

    @Test func givesPiecesOfTokenCharacters() throws {
        let ngram = described(
            "ngram", ["min_gram": .string("3"), "max_gram": .string("3"), "token_chars": .strings(["letter", "digit"])])
        #expect(
            try analyzer(ngram).tokens(of: "2 Quick Foxes.").lines == [
                "Qui 2-5@0", "uic 3-6@1", "ick 4-7@2", "Fox 8-11@3", "oxe 9-12@4", "xes 10-13@5",
            ])
    }

    @Test func givesPiecesAtTheEdge() throws {
        let edge = described(
            "edge_ngram", ["min_gram": .string("2"), "max_gram": .string("10"), "token_chars": .strings(["letter", "digit"])])
        #expect(
            try analyzer(edge).tokens(of: "2 Quick Foxes.").terms == ["Qu", "Qui", "Quic", "Quick", "Fo", "Fox", "Foxe", "Foxes"])
        #expect(try analyzer(.name("edge_ngram")).tokens(of: "Quick Fox").terms == ["Q", "Qu"])
    }

    @Test func refusesOutputWithoutBound() throws {
        let edge = try analyzer(described("edge_ngram", ["min_gram": .string("1"), "max_gram": .string("1000000")]))
        #expect(throws: AnalysisError.outputTooLarge(limit: 64 << 20)) { try edge.tokens(of: String(repeating: "x", count: 20_000)) }
    }

    @Test func limitsTheDifferenceOfSizes() {
        #expect(thrownCase { try analyzer(described("ngram", ["min_gram": .string("1"), "max_gram": .string("5")])) } == "invalidSetting")
    }
}

struct PathHierarchyTokenizerTests {
    @Test func givesThePathsAbove() throws {
        #expect(
            try analyzer(.name("path_hierarchy")).tokens(of: "/one/two/three").lines == [
                "/one 0-4@0", "/one/two 0-8@1", "/one/two/three 0-14@2",
            ])
    }

    @Test(arguments: [
        ("false", ["/three", "/three/four", "/three/four/five"]), ("true", ["one/two/three/", "two/three/", "three/"]),
    ])
    func skipsParts(reverse: String, terms: [String]) throws {
        let path = described(
            "path_hierarchy",
            ["delimiter": .string("-"), "replacement": .string("/"), "skip": .string("2"), "reverse": .string(reverse)])
        #expect(try analyzer(path).tokens(of: "one-two-three-four-five").terms == terms)
    }
}

struct PatternTokenizerTests {
    @Test func cutsAtMatches() throws {
        #expect(
            try analyzer(.name("pattern")).tokens(of: "The foo_bar_size's default is 5.").lines == [
                "The 0-3@0", "foo_bar_size 4-16@1", "s 17-18@2", "default 19-26@3", "is 27-29@4", "5 30-31@5",
            ])
        #expect(try analyzer(described("pattern", ["pattern": .string(",")])).tokens(of: "a,b,,c").terms == ["a", "b", "c"])
    }

    @Test func givesGroups() throws {
        let quoted = described("pattern", ["pattern": .string(#""((?:\\"|[^"]|\\")+)""#), "group": .string("1")])
        #expect(try analyzer(quoted).tokens(of: #""value", "value with embedded \" quote""#).terms == ["value", #"value with embedded \" quote"#])
        let digits = described("simple_pattern", ["pattern": .string("[0123456789]{3}")])
        #expect(try analyzer(digits).tokens(of: "fd-786-335-514-x").terms == ["786", "335", "514"])
        let split = described("simple_pattern_split", ["pattern": .string("_")])
        #expect(try analyzer(split).tokens(of: "an_underscored_phrase").terms == ["an", "underscored", "phrase"])
    }

    @Test func refusesGroupsThatAreNotThere() {
        #expect(thrownCase { try analyzer(described("pattern", ["group": .string("1")])) } == "invalidSetting")
    }
}
