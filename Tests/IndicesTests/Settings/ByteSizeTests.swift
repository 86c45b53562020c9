import Testing

@testable import Indices

@Suite struct ByteSizeTests {
    @Test(arguments: [("0", 0), ("0b", 0), ("12b", 12), ("20mb", 20 << 20), ("1K", 1024), ("1.5 gb", 3 << 29)])
    func reads(_ text: String, _ bytes: Int) {
        #expect(ByteSize(parsing: text)?.bytes == bytes)
    }

    @Test(arguments: ["", "1", "mb", "-1b", "1x", "1bb", "9999999999pb", "1.2.3b"])
    func refuses(_ text: String) {
        #expect(ByteSize(parsing: text) == nil)
    }

    @Test(arguments: [(0, "0b"), (1023, "1023b"), (20 << 20, "20mb"), (1536, "1.5kb")])
    func writes(_ bytes: Int, _ text: String) {
        #expect(ByteSize(bytes).human == text)
    }

    @Test func countsWholeUnits() {
        #expect(ByteSize(5 << 20 | 7).count(of: "mb") == 5 && ByteSize(7).count(of: "b") == 7 && ByteSize(7).count(of: "mm") == nil)
    }
}
