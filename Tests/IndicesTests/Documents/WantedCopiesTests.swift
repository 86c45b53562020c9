import Testing
import TestSupport

@testable import Indices

@Suite struct WantedCopiesTests {
    @Test func numbersAndAll() {
        #expect(WantedCopies(parsing: "all") == .all && WantedCopies(parsing: "0") == .count(0) && WantedCopies(parsing: "5") == .count(5))
        for text in ["", "-1", "some", "2.5", "99999999999"] { #expect(WantedCopies(parsing: text) == nil, "\(text)") }
        #expect(WantedCopies.all.missing(replicas: 0) == nil && WantedCopies.all.missing(replicas: 1) == 2)
        #expect([0, 1, 2].map { WantedCopies.count($0).missing(replicas: 5) } == [nil, nil, 2])
    }

    /// What wants more copies than there are is not written, and what wants one is.
    @Test func writesAreRefused() async throws {
        let node = try await TestNode()
        try await node.createIndex("one", settings: #"{"number_of_replicas":0}"#)
        try await node.createIndex("two", settings: #"{"number_of_replicas":1}"#)
        try await node.createIndex("strict", settings: #"{"index.write.wait_for_active_shards":"2"}"#)
        let write = { (index: String, copies: WantedCopies?) in
            let operation = WriteOperation(.index, index: index, id: "1", source: Array("{}".utf8))
            let copies = CopyRequirement(copies: copies, timeout: "1s")
            return await thrownCase { _ = try await node.registry.write([operation], requiring: copies)[0].get() }
        }
        let missing = "tooFewCopies"
        for (index, copies, thrown) in [
            ("one", .all, nil), ("two", .all, missing), ("one", .count(1), nil), ("two", nil, nil), ("one", .count(2), missing),
            ("strict", nil, missing), ("strict", .count(1), nil),
        ] as [(String, WantedCopies?, String?)] {
            #expect(await write(index, copies) == thrown, "\(index) \(String(describing: copies))")
        }
        #expect(try node.registry.document("1", in: "two")?.version == 1)
    }
}
