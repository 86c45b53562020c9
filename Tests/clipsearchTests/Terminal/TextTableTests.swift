import Testing

@testable import clipsearch

@Suite struct TextTableTests {
    @Test func columnsAreAsWideAsTheirWidestCell() {
        var table = TextTable(header: ["score", "picture"])
        table.rows = [["0.9", "a.jpg"], ["0.12345", ""]]
        #expect(table.text == "score    picture\n0.9      a.jpg\n0.12345")
    }
}
