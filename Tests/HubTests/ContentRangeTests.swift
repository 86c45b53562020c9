import Testing

@testable import Hub

@Suite struct ContentRangeTests {
    @Test(arguments: [("bytes 5-9/10", 5, 10), ("Bytes 0-0/1", 0, 1), ("bytes 7-8/*", 7, nil)] as [(String, Int, Int?)])
    func valid(value: String, start: Int, size: Int?) {
        #expect(ContentRange(value)?.start == start)
        #expect(ContentRange(value)?.size == size)
    }

    @Test(arguments: [
        "", "bytes", "bytes */10", "bytes 9-5/10", "bytes 5-10/10", "bytes -1-5/10", "lines 1-2/3", "bytes 1-2",
        "bytes 1-99999999999999999999/*",
    ])
    func invalid(value: String) {
        #expect(ContentRange(value) == nil)
    }
}
