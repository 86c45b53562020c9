import Testing

@testable import clipsearch

@Suite struct DelimitedTextTests {
    private func records(_ text: String, separator: Character = ",") throws(DelimitedText.Failure) -> [DelimitedText.Record] {
        var reader = DelimitedText(Array(text.utf8), separator: separator), records: [DelimitedText.Record] = []
        while let record = try reader.next() { records.append(record) }
        return records
    }

    @Test(arguments: [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),
        ("\u{FEFF}a\n\n\nb\n", [["a"], ["b"]]),
        ("a,\n,b\n", [["a", ""], ["", "b"]]),
        ("\"a,b\",\"say \"\"hi\"\"\"\n", [["a,b", "say \"hi\""]]),
        ("\"two\nlines\",x", [["two\nlines", "x"]]),
        ("", []),
    ])
    func fieldsAndRecords(text: String, expected: [[String]]) throws {
        #expect(try records(text).map(\.fields) == expected)
    }

    @Test func tabs() throws {
        #expect(try records("a,b\tc\n", separator: "\t").map(\.fields) == [["a,b", "c"]])
    }

    @Test func linesAreCountedInQuotesToo() throws {
        #expect(try records("a\n\"x\ny\"\nb\n").map(\.line) == [1, 2, 4])
    }

    @Test(arguments: [
        ("a\n\"open\n", 2, "closed"), ("a\n\"x\"y\n", 2, "after a closing quote"),
        ("a\n" + String(repeating: ",", count: 1001), 2, "more than 1000 fields"),
    ])
    func damagedTextsNameTheLine(text: String, line: Int, words: String) {
        let failure = #expect(throws: DelimitedText.Failure.self) { try records(text) }
        #expect(failure?.line == line && failure?.reason.contains(words) == true)
    }

    @Test func whatIsNotUTF8IsRefused() {
        var reader = DelimitedText([0x61, 0x0A, 0xFF, 0x0A])
        _ = try? reader.next()
        #expect(throws: DelimitedText.Failure(line: 2, reason: "is not UTF-8")) { try reader.next() }
    }
}
