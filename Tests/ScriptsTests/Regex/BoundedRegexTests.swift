import Testing

@testable import Scripts

@Suite struct BoundedRegexTests {
    @Test(arguments: [
        ("a+b", "xaaab", "aaab"), ("(a|ab)(c|bcd)", "abcd", "abcd"), ("a*?b", "aab", "aab"), ("^\\d{2,3}$", "123", "123"), ("[^a-c]+", "abxyz", "xyz"),
        ("\\bfoo\\b", "a foo b", "foo"), ("(?i)HELLO", "say hello", "hello"), ("(?<=a)b", "ab", "b"), ("(?<!a)b", "abcb", "b"), ("a(?=b)", "acab", "a"),
        ("(a)\\1", "abaa", "aa"), ("(?>a+)b", "aab", "aab"), ("[\\w.-]+@[\\w-]+", "x a.b@c-d y", "a.b@c-d"), ("(?:ab){2}", "ababab", "abab"), ("x*", "", ""),
        ("\\p{Alpha}+", "12ab", "ab"), ("[[:digit:]]+", "ab12", "12"), ("a|", "b", ""), ("(a*)*b", "aab", "aab"), ("\\Qa.b\\E", "xa.b", "a.b"), (".", "\n🐕", "🐕"),
    ])
    func finds(_ pattern: String, _ text: String, _ expected: String) throws {
        let regex = try #require(BoundedRegex(pattern))
        let scalars = Array(text.unicodeScalars)
        var steps = 10_000
        let groups = try #require(try regex.firstMatch(scalars, &steps))
        let range = try #require(groups[0])
        #expect(BoundedRegex.text(scalars[range]) == expected)
    }

    @Test(arguments: ["(", "a)", "[a", "a{2", "*a", "\\", "(?<n>a)(?<n>b)", "a{2000}", "(a{500}){500}", "\\1", "(?<=a*)b", "(?z)a"])
    func refuses(_ pattern: String) {
        #expect(BoundedRegex(pattern) == nil)
    }

    @Test func endsWhereBacktrackingWouldNot() throws {
        let regex = try #require(BoundedRegex("(a+)+$"))
        #expect(throws: BoundedRegex.TooSlow.self) {
            var steps = 100_000
            _ = try regex.firstMatch(Array((String(repeating: "a", count: 40) + "b").unicodeScalars), &steps)
        }
    }

    @Test func groupsAndReplacements() throws {
        let regex = try #require(BoundedRegex("(?<user>\\w+)@(\\w+)"))
        #expect(regex.groupNames == ["user": 1])
        #expect(try regex.replacing("a@b c@d", with: "$2 at ${user}", steps: 1000) == "b at a d at c")
        #expect(try regex.replacing("a@b c@d", with: "x", onlyFirst: true, steps: 1000) == "x c@d")
    }
}
