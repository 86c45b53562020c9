import Testing

@testable import Analysis

struct StandardTokenizerTests {
    @Test func agreesWithTheGrammar() {
        let types: [Character: TokenType] = [
            "a": .alphanumeric, "n": .number, "s": .southeastAsian, "i": .ideographic, "h": .hiragana, "k": .katakana, "g": .hangul,
            "e": .emoji,
        ]
        var count = 0
        for vector in StandardTokenizerVectors.lines.split(separator: "\n") {
            let parts = vector.split(separator: "|")
            let scalars = parts[0].split(separator: " ").compactMap { UInt32($0, radix: 16).flatMap(Unicode.Scalar.init) }
            let text = String(String.UnicodeScalarView(scalars))
            let expected = parts.count < 2 ? [] : parts[1].split(separator: " ").map(String.init)
            let tokens = StandardTokenizer().tokens(of: SourceText(text)).tokens
            let found = tokens.map { token in
                "\(token.startOffset)-\(token.endOffset)\(types.first { $0.value == token.type }.map { String($0.key) } ?? "?")"
            }
            #expect(found == expected, "\(parts[0])")
            #expect(tokens.map(\.term) == tokens.map { substring(text, $0.startOffset, $0.endOffset) })
            #expect(tokens.map(\.position) == Array(tokens.indices))
            count += 1
        }
        #expect(count >= 200)
    }

    private func substring(_ text: String, _ start: Int, _ end: Int) -> String {
        String(decoding: Array(text.utf16)[start..<end], as: UTF16.self)
    }

    @Test func cutsWordsThatAreTooLong() {
        func lengths(_ text: String, _ maximum: Int = 255) -> [Int] {
            StandardTokenizer(maximumLength: maximum).tokens(of: SourceText(text)).map(\.term.utf16.count)
        }
        #expect(lengths(String(repeating: "x", count: 300)) == [255, 45])
        #expect(lengths(String(repeating: "é", count: 300)) == [255, 45])
        #expect(lengths("jumped over", 5) == [5, 1, 4])
        #expect(lengths(String(repeating: "\u{10400}", count: 5), 3) == [2, 2, 2, 2, 2])
        #expect(lengths(String(repeating: "a.", count: 10), 4).allSatisfy { $0 <= 4 })
    }

    @Test func makesLettersSmallOnTheWay() {
        let tokenizer = StandardTokenizer(lowercases: true)
        #expect(tokenizer.tokens(of: SourceText("The ÉCOLE İstanbul ＡＢ")).terms == ["the", "école", "istanbul", "ａｂ"])
    }

    @Test func readsWhatIsNoWordOnce() {
        for part in ["\u{200D}", "_", "\u{301}", "😀\u{200D}", "1\u{301}"] {
            let text = String(repeating: part, count: 20_000)
            #expect(StandardTokenizer().tokens(of: SourceText(text)).endOffset == text.utf16.count)
        }
    }

    @Test func endsWhereTheTextEnds() {
        #expect(StandardTokenizer().tokens(of: SourceText("a 😀! ")).endOffset == 6)
        #expect(StandardTokenizer().tokens(of: SourceText("")).endOffset == 0)
    }
}
