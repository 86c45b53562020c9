import Mapping
import Testing

struct StandardTokenizerTests {
    @Test(arguments: [
        ("The QUICK brown-fox", ["the", "quick", "brown", "fox"]), ("", []), ("  ...  ", []),
        ("It's the dogs' bone", ["it's", "the", "dogs", "bone"]), ("Größe ÉTÉ", ["größe", "été"]),
        ("富士山の雪", ["富", "士", "山", "の", "雪"]), ("IMG_2024.jpg", ["img_2024", "jpg"]), ("a1 b2", ["a1", "b2"]),
    ])
    func textIsCutIntoWords(text: String, expected: [String]) {
        #expect(StandardTokenizer.tokens(of: text) == expected)
    }

    @Test func longWordsAreCut() {
        #expect(StandardTokenizer.tokens(of: String(repeating: "x", count: 300)).map(\.count) == [255, 45])
    }
}
