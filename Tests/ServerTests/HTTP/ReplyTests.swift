import JSON
import Testing

@testable import Server

@Suite struct ReplyTests {
    @Test(arguments: [
        (Reply(.json(["took": 1])), false), (Reply(.empty), false), (Reply(.text("short")), false),
        (Reply(.text(String(repeating: "x", count: 100_000))), true),
        (Reply(.json(["a": [.raw([UInt8](repeating: 0x20, count: 100_000))]])), true),
        (Reply(.json(.floats([Float](repeating: 0, count: 100_000)))), true),
        (Reply(.json(.array([JSONValue](repeating: ["k": .int(1)], count: 10_000)))), true),
    ])
    func whatIsLarge(_ reply: Reply, _ isLarge: Bool) {
        #expect(reply.isLarge == isLarge)
    }
}
