import Testing

@testable import Tokenizers

@Suite struct BERTNormalizerTests {
    private func normalize(_ text: String, _ normalizer: BERTNormalizer) -> [Unicode.Scalar] {
        normalizer.normalize(text[...])
    }

    @Test func uncasedStripsAndLowers() {
        #expect(normalize("Ünïcode Σ", BERTNormalizer(lowercases: true)) == Array("unicode σ".unicodeScalars))
    }

    @Test func casedKeepsComposedAndDecomposedApart() {
        let cased = BERTNormalizer(lowercases: false)
        #expect(normalize("É", cased) == ["É"])
        #expect(normalize("E\u{301}", cased) == ["E", "\u{301}"])
    }

    @Test func accentsCanBeKeptInLowercase() {
        #expect(normalize("É", BERTNormalizer(lowercases: true, stripsAccents: false)) == ["é"])
    }

    @Test func cleansAndSeparates() {
        let cased = BERTNormalizer(lowercases: false)
        #expect(normalize("a\u{0}\u{FFFD}\tb\u{3000}猫", cased) == ["a", " ", "b", " ", " ", "猫", " "])
        var plain = cased
        plain.cleansText = false
        plain.separatesIdeographs = false
        #expect(normalize("a\u{0}\t猫", plain) == ["a", "\u{0}", "\t", "猫"])
    }
}
