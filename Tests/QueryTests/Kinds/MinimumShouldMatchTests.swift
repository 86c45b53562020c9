import Query
import Testing

@Suite struct MinimumShouldMatchTests {
    @Test(arguments: [
        ("2", 5, 2), ("-1", 5, 4), ("75%", 4, 3), ("75%", 5, 3), ("-25%", 4, 3), ("-25%", 5, 4), ("3<90%", 3, 3),
        ("3<90%", 10, 9), ("2<-25% 9<-3", 2, 2), ("2<-25% 9<-3", 8, 6), ("2<-25% 9<-3", 12, 9), ("-9", 2, 0), ("7", 2, 7),
        ("0", 3, 0),
    ])
    func counts(text: String, clauses: Int, expected: Int) throws {
        #expect(try #require(MinimumShouldMatch(text)).count(of: clauses) == expected)
    }

    @Test(arguments: ["", "x", "1.5", "3<", "<3", "1 2", "50%%", "99999999999", "2<3<4"])
    func refused(text: String) {
        #expect(MinimumShouldMatch(text) == nil)
    }
}
