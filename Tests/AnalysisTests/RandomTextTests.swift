import TestSupport
import Testing

@testable import Analysis

/// Whatever a text is made of, tokens lie inside it and do not go backwards.
struct RandomTextTests {
    private static let alphabet: [Unicode.Scalar] = Array(
        "abcXYZ012 _.,:;'\"-<>/&#*\u{301}\u{200D}אבアイあい漢字한글กิ１\u{FE0F}\u{20E3}❤👨👩🏽🇩🇪々ー©\n\u{130}ßŒéﬁ\u{20000}\u{10FFFF}\0=>!@".unicodeScalars)

    private static func texts(_ count: Int) -> [String] {
        var random = SeededGenerator(seed: 42)
        return (0..<count).map { _ in
            let length = Int.random(in: 0...60, using: &random)
            return String(String.UnicodeScalarView((0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }))
        }
    }

    @Test func tokensLieInsideTheText() throws {
        var analyzers = Array(BuiltInAnalyzers.all.values)
        let filters = [
            "lowercase", "uppercase", "asciifolding", "stop", "stemmer", "snowball", "trim", "truncate", "unique", "reverse", "shingle", "ngram",
            "edge_ngram", "cjk_bigram", "cjk_width", "elision", "apostrophe", "decimal_digit", "limit", "fingerprint", "german_normalization",
            "scandinavian_folding", "scandinavian_normalization", "arabic_normalization", "persian_normalization", "serbian_normalization",
            "keyword_repeat", "remove_duplicates", "flatten_graph", "length",
        ]
        for filter in filters { analyzers.append(try analyzer(.name("standard"), [.name(filter)])) }
        let synonyms: [String: SettingValue] = ["synonyms": .strings(["a, b c", "x => y z"])]
        for type in ["synonym", "synonym_graph"] { analyzers.append(try analyzer(.name("standard"), [described(type, synonyms)])) }
        for tokenizer in ["letter", "lowercase", "whitespace", "keyword", "pattern", "ngram", "edge_ngram", "path_hierarchy"] {
            analyzers.append(try analyzer(.name(tokenizer), charFilters: [.name("html_strip")]))
            analyzers.append(
                try analyzer(.name(tokenizer), charFilters: [described("mapping", ["mappings": .strings(["a => bcd", "字 =>", "bX => y"])])]))
            analyzers.append(
                try analyzer(
                    .name(tokenizer), charFilters: [described("pattern_replace", ["pattern": .string("[a-c]*"), "replacement": .string("<$0>")])]))
        }
        for text in Self.texts(150) {
            let length = text.utf16.count
            for analyzer in analyzers {
                let stream = try analyzer.tokens(of: text)
                #expect(stream.endOffset <= length)
                var position = 0
                for token in stream {
                    #expect(0...length ~= token.startOffset && token.startOffset...length ~= token.endOffset, "\(analyzer.name): \(token)")
                    #expect(token.position >= position, "\(analyzer.name): \(token)")
                    #expect(token.positionLength >= 1)
                    position = token.position
                }
                #expect(stream.positionCount >= (stream.tokens.last.map { $0.position + 1 } ?? 0), "\(analyzer.name)")
            }
        }
    }

    @Test func tokenizersKeepOffsetsInOrder() throws {
        for text in Self.texts(400) {
            for name in ["standard", "letter", "whitespace", "pattern"] {
                var end = 0
                for token in try analyzer(.name(name)).tokens(of: text) {
                    #expect(token.startOffset >= end && token.endOffset > token.startOffset)
                    end = token.endOffset
                }
            }
        }
    }
}
