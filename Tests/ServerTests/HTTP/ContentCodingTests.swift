import NIOCore
import Testing

@testable import Server

@Suite struct ContentCodingTests {
    private static let text = Array(String(repeating: "similar pictures, ", count: 20_000).utf8)

    @Test func roundTrip() throws {
        let compressed = try #require(ContentCoding.gzipped(Self.text))
        #expect(compressed.readableBytes < Self.text.count / 50)
        #expect(try Array(ContentCoding.inflated(compressed, limit: 1 << 20).readableBytesView) == Self.text)
    }

    @Test func membersInARow() throws {
        var twice = try #require(ContentCoding.gzipped(Array("ab".utf8)))
        var second = try #require(ContentCoding.gzipped(Array("cd".utf8)))
        twice.writeBuffer(&second)
        #expect(try ContentCoding.inflated(twice, limit: 100) == ByteBuffer(string: "abcd"))
    }

    @Test func readsZlib() throws {
        // zlib.compress(b"deflated")
        let bytes: [UInt8] = [
            0x78, 0x9c, 0x4b, 0x49, 0x4d, 0xcb, 0x49, 0x2c, 0x49, 0x4d, 0x01, 0x00, 0x0e, 0x79, 0x03, 0x3a,
        ]
        #expect(try ContentCoding.inflated(ByteBuffer(bytes: bytes), limit: 100) == ByteBuffer(string: "deflated"))
    }

    @Test func limits() throws {
        let compressed = try #require(ContentCoding.gzipped(Self.text))
        #expect(throws: ContentCoding.Failure.tooLarge) { try ContentCoding.inflated(compressed, limit: 1000) }
    }

    @Test func refusesDamage() throws {
        let compressed = try #require(ContentCoding.gzipped(Self.text))
        for cut in [1, 10, compressed.readableBytes - 1] {
            let part = try #require(compressed.getSlice(at: 0, length: cut))
            #expect(throws: ContentCoding.Failure.damaged) { try ContentCoding.inflated(part, limit: 1 << 20) }
        }
        #expect(throws: ContentCoding.Failure.damaged) {
            try ContentCoding.inflated(ByteBuffer(string: "not compressed"), limit: 100)
        }
        #expect(throws: ContentCoding.Failure.damaged) { try ContentCoding.inflated(ByteBuffer(), limit: 100) }
    }
}
