import Query
import Testing

@Suite struct FuzzinessTests {
    @Test(arguments: [
        ("AUTO", "ab", 0), ("auto", "abc", 1), ("AUTO", "abcdef", 2), ("AUTO:2,4", "ab", 1), ("AUTO:2,4", "abcd", 2),
        ("0", "abcdef", 0), ("1", "a", 1), ("2.0", "abc", 2),
    ])
    func edits(text: String, term: String, expected: Int) throws {
        #expect(try #require(Fuzziness(text)).edits(for: term) == expected)
    }

    @Test(arguments: ["", "3", "-1", "0.5", "AUTO:1", "AUTO:5,2", "AUTO:-1,2", "nan"])
    func refused(text: String) {
        #expect(Fuzziness(text) == nil)
    }
}
