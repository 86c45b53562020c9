import Testing

@testable import Tokenizers

@Suite struct NormalizationTests {
    @Test(arguments: [
        ("cafe\u{301}", "café"),
        ("\u{1109}\u{1165}", "\u{C11C}"),
        // Marks are reordered by their class before they combine.
        ("a\u{301}\u{323}", "\u{1EA1}\u{301}"),
        // A singleton never comes back.
        ("\u{212A}", "K"),
        // Unicode 13 composes these two, Unicode 9 does not know them.
        ("\u{11935}\u{11930}", "\u{11935}\u{11930}"),
        // A mark of Unicode 14 stays where it is, and the stretch before it is composed all the same.
        ("a\u{301}\u{898}\u{323}", "\u{E1}\u{898}\u{323}"),
    ])
    func composes(_ text: String, _ expected: String) {
        #expect(Normalization.composed(text[...]) == Array(expected.unicodeScalars))
    }

    @Test func decomposes() {
        #expect(Normalization.decomposed(["\u{1EA1}"]) == ["a", "\u{323}"])
        #expect(Normalization.decomposed(["\u{11938}"]) == ["\u{11938}"])
    }

    @Test func asciiIsLeftAlone() {
        #expect(Normalization.composed("plain text") == Array("plain text".unicodeScalars))
    }
}
