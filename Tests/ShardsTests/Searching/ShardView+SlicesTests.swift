import Mapping
import Ordinals
import Query
import Synchronization
import TestSupport
import Testing

@testable import Shards

/// Parts of a shard by a field, beside the same by hand.
struct ShardViewSlicesTests {
    @Test(arguments: ["n", "f"])
    func documentsAreToldApartByTheirFirstNumber(_ field: String) async throws {
        var random = SeededGenerator(seed: 11)
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: #"{"n":{"type":"long"},"f":{"type":"double"}}"#)
        var values: [[Int]] = []
        for number in 0..<200 {
            let own = (0..<Int.random(in: 0...3, using: &random)).map { _ in Int.random(in: -5...5, using: &random) }
            values.append(own)
            try await shard.write(try documents.index("\(number)", #"{"n":\#(own),"f":\#(own)}"#))
            if number % 70 == 69 { _ = try await shard.refresh() }
        }
        let view = try await shard.refresh()
        let planner = Planner(mapping: documents.mapping, now: 0)
        var parts: [String: Int] = [:]
        var byValue: [Int?: Set<Int>] = [:]
        for number in 0..<4 {
            let plan = try planner.plan(Query(.slice(Slice(number: number, count: 4, by: .number(of: field)))))
            let ordinals = try view.search(plan, limit: 1000).documents.map(\.ordinal)
            for document in try view.documents(ordinals, includingSource: false) {
                #expect(parts.updateValue(number, forKey: document.id) == nil, "two parts have \(document.id)")
                let place = try #require(Int(document.id))
                byValue[values[place].min(), default: []].insert(number)
            }
        }
        #expect(parts.count == 200)
        // Documents with the same least number are together, and those without one are of the first part.
        #expect(byValue.values.allSatisfy { $0.count == 1 } && byValue[nil] == [0])
        #expect(Set(byValue.values.map { $0.first }).count > 2)
    }

    /// Ids are read once, by nobody who asks, and parts by them are all.
    @Test func idsAreReadForAllWhoAsk() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: "{}")
        for number in 0..<50 { try await shard.write(try documents.index("\(number)", "{}")) }
        let view = try await shard.refresh()
        let (first, second) = (view.readIDs(), view.readIDs())
        // The second finds the first at work, or done.
        #expect(first != nil && (second == nil || second == first))
        #expect(await first?.value == nil && view.sliceHashes.withLock { $0.hashes?.count } == 50)
        #expect(view.readIDs() == nil)
        let parts = try (0..<3).map { try view.documents(of: Slice(number: $0, count: 3, by: .id), among: view.live) }
        #expect(parts.reduce(0) { $0 + $1.count } == 50 && parts[0].union(parts[1]).union(parts[2]) == view.live)
    }

    @Test func whatCannotBeReadIsReadAgain() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: "{}")
        try await shard.write(try documents.index("1", "{}"))
        let view = try await shard.refresh()
        try await shard.close(flushing: false)
        for _ in 0..<2 { #expect(await view.readIDs()?.value != nil) }
    }
}
