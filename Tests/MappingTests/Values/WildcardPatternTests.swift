import Mapping
import Testing

struct WildcardPatternTests {
    @Test(arguments: [
        ("*", "", true), ("*", "abc", true), ("a*c", "abbc", true), ("a*c", "abcd", false), ("a*b*c", "aXbYbZc", true),
        ("abc", "abc", true), ("abc", "abcd", false), ("", "", true), ("", "a", false),
        ("*.keyword", "a.b.keyword", true),
        ("a**b", "ab", true), ("*a", "aab", false),
    ])
    func starsStandForAnyRun(pattern: String, text: String, expected: Bool) {
        #expect(WildcardPattern(pattern).matches(text) == expected)
    }
}
