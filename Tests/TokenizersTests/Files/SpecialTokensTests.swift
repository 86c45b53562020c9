import Testing

@testable import Tokenizers

@Suite struct SpecialTokensTests {
    private func cut(_ text: String) -> [String] {
        SpecialTokens([("[A]", 1), ("[A]B", 2), ("<x>", 3)]).segments(of: text).map {
            switch $0 {
            case .text(let text): String(text)
            case .token(let id): "#\(id)"
            }
        }
    }

    @Test func cutsAtExactMatchesLongestFirst() {
        #expect(cut("a[A]b[A]Bc<x>") == ["a", "#1", "b", "#2", "c", "#3"])
        #expect(cut("[a] [A <X>") == ["[a] [A <X>"])
        #expect(cut("") == [])
        #expect(cut("<x><x>") == ["#3", "#3"])
    }

    @Test func combiningCharactersDoNotHideATokenFromTheBytes() {
        #expect(cut("<x>\u{301}é<x>") == ["#3", "\u{301}é", "#3"])
    }
}
