import Testing

@testable import Tokenizers

@Suite struct VocabularyTests {
    @Test func findsEveryTokenAndNothingElse() {
        let tokens = (0..<5000).map { (token: "token\($0 * 7)", id: Int32($0)) }
        let vocabulary = Vocabulary(tokens)
        #expect(vocabulary.count == 5000)
        for (token, id) in tokens { #expect(vocabulary[token] == id) }
        for missing in ["", "token", "token1", "token70000"] { #expect(vocabulary[missing] == nil) }
    }

    /// Swift's strings are equal when they are canonically equivalent; tokens are not.
    @Test func equivalentTokensAreDifferent() {
        let vocabulary = Vocabulary([(token: "é", id: 1), (token: "e\u{301}", id: 2), (token: "\u{212A}", id: 3)])
        #expect(vocabulary["é"] == 1)
        #expect(vocabulary["e\u{301}"] == 2)
        #expect(vocabulary["K"] == nil)
    }

    @Test func lastIDOfARepeatedTokenCounts() {
        let vocabulary = Vocabulary([(token: "a", id: 1), (token: "b", id: 2), (token: "a", id: 3)])
        #expect(vocabulary.count == 2)
        #expect(vocabulary["a"] == 3)
    }

    @Test func looksUpBehindAPrefix() {
        let vocabulary = Vocabulary([(token: "##ing", id: 9)])
        let bytes = Array("sing".utf8), prefix = Array("##".utf8)
        var hash = Vocabulary.Hash(prefix)
        for byte in bytes[1...] { hash.append(byte) }
        #expect(vocabulary[bytes[1...], prefixed: prefix, hash: hash] == 9)
    }

    @Test func emptyHasNothing() {
        #expect(Vocabulary([])["a"] == nil)
    }
}
