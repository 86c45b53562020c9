import Testing

@testable import Query

@Suite struct TextBoundariesTests {
    private func parts(_ text: String, _ boundaries: (ArraySlice<UInt16>) -> TextBoundaries) -> [String] {
        let units = Array(text.utf16)
        let places = boundaries(units[...]).places
        return zip(places, places.dropFirst()).map { String(decoding: units[$0..<$1], as: UTF16.self) }
    }

    @Test(arguments: [
        ("One two. Three four! Five?", ["One two. ", "Three four! ", "Five?"]),
        // A full stop ends a sentence only where a letter that is not lowercase follows white space.
        ("Version 1.2 e.g. this. 7 is no beginning. But this is.", ["Version 1.2 e.g. this. 7 is no beginning. ", "But this is."]),
        ("He said \"Yes.\" Then left.", ["He said \"Yes.\" ", "Then left."]), ("a.\n(B) c", ["a.\n", "(B) c"]),
        ("東京です。そうです。", ["東京です。", "そうです。"]), ("", []),
    ])
    func sentences(text: String, expected: [String]) {
        #expect(parts(text, TextBoundaries.sentences) == expected)
    }

    @Test(arguments: [
        ("The quick, brown  fox", ["The", " ", "quick", ",", " ", "brown", "  ", "fox"]),
        ("can't e-mail 3.14% $5 a.b.", ["can't", " ", "e-mail", " ", "3.14%", " ", "$5", " ", "a.b", "."]),
        ("東京タワー", ["東京", "タワー"]),
    ])
    func words(text: String, expected: [String]) {
        #expect(parts(text, TextBoundaries.words) == expected)
    }

    @Test func placesBeforeAndAfter() {
        let words = TextBoundaries.words(Array("ab cd".utf16)[...])
        #expect(words.places == [0, 2, 3, 5])
        #expect(words.preceding(0) == nil && words.preceding(2) == 0 && words.preceding(9) == 5)
        #expect(words.following(5) == nil && words.following(0) == 2 && words.following(2) == 3)
    }
}
