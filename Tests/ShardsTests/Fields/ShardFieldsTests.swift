import FieldIndex
import Foundation
import Mapping
import Ordinals
import Query
import Synchronization
import TestSupport
import Testing

@testable import Shards

/// What becomes of the field index on disk.
struct ShardFieldsTests {
    private static let properties = """
        {"k":{"type":"keyword"},"t":{"type":"text"},"n":{"type":"long"},"p":{"type":"geo_point"},
         "v":{"type":"dense_vector","dims":2,"similarity":"l2_norm"}}
        """

    private func source(_ id: Int) -> String {
        #"{"k":["k\#(id % 3)","even\#(id % 2)"],"t":"word\#(id % 5) common","n":\#(id),"p":[\#(id % 180),0],"v":[\#(id),1]}"#
    }

    /// 60 documents, of which a flush covers the first 40; 10 are deleted, and one is written again.
    private func crashed(mapping option: String = "") async throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: Self.properties, option: option)
        for id in 0..<40 { try await shard.write(try documents.index("\(id)", source(id))) }
        try await shard.flush()
        for id in 40..<60 { try await shard.write(try documents.index("\(id)", source(id))) }
        for id in 35..<45 { try await shard.delete("\(id)") }
        try await shard.write(try documents.index("0", source(0)))
        return try directory.copied()
    }

    private func expectAllThere(_ shard: Shard) throws {
        let view = shard.view
        let ids = Set((0..<35).map { $0 } + (45..<60).map { $0 })
        func expect(_ plan: QueryPlan, _ isMatch: (Int) -> Bool) throws {
            #expect(Set(try view.ids(plan)) == Set(ids.filter(isMatch).map(String.init)), "\(plan)")
        }
        try expect(.term(field: "k", value: .term("k1"), scoring: .constant)) { $0 % 3 == 1 }
        try expect(.term(field: "t", value: .term("word2"), scoring: .bm25)) { $0 % 5 == 2 }
        try expect(.phrase(PhraseQuery(field: "t", terms: ["word2", "common"]))) { $0 % 5 == 2 }
        try expect(.range(field: "n", range: .longs(10...50))) { 10...50 ~= $0 }
        try expect(.geoBox(field: "p", GeoBox(top: 1, left: 9.5, bottom: -1, right: 50.5))) { 10...50 ~= $0 }
        try expect(.exists(fields: ["v"])) { _ in true }
        try expect(.knn(KNNPlan(field: "v", vector: [0, 1], k: 1000, candidates: 1000))) { _ in true }
        let keywords = try #require(view.keywords("k"))
        let counts = keywords.counts(of: view.documents)
        let even = try #require((0..<keywords.termCount).first { keywords.term($0) == "even0" })
        #expect(counts[even] == ids.filter { $0 % 2 == 0 }.count)
    }

    @Test func whatTheFlushMissesIsReadAgain() async throws {
        let directory = try await crashed()
        #expect(FileManager.default.fileExists(atPath: directory.path + "/fields/segment-1"))
        let shard = try openShard(directory, properties: Self.properties)
        try expectAllThere(shard)
        // It is on disk after the next flush, and found there.
        try await shard.close()
        var files = SegmentDirectory(path: directory.path + "/fields")
        let opening = try files.open(limit: 61)
        #expect(opening.missing.isEmpty && opening.damages.isEmpty)
        try expectAllThere(try openShard(directory, properties: Self.properties))
    }

    @Test(arguments: ["fields", "fields/MANIFEST", "fields/segment-1"]) func whatIsLostIsMadeAnew(file: String) async throws {
        let directory = try await crashed()
        try FileManager.default.removeItem(atPath: directory.path + "/" + file)
        try expectAllThere(try openShard(directory, properties: Self.properties))
    }

    @Test(arguments: ["MANIFEST", "segment-1"], [0, 9, 70, -1]) func whatIsDamagedIsMadeAnew(file: String, place: Int) async throws {
        let directory = try await crashed()
        let size = try #require(try FileManager.default.attributesOfItem(atPath: directory.path + "/fields/" + file)[.size] as? Int)
        try directory.flipByte(at: place < 0 ? size + place : min(place, size - 2), of: "fields/" + file)
        try expectAllThere(try openShard(directory, properties: Self.properties))
    }

    /// Sources that lack what is indexed.
    @Test(arguments: [
        #""_source":{"enabled":false},"#, #""_source":{"excludes":["t","v"]},"#, #""_source":{"includes":["n"]},"#,
    ])
    func whatSourcesLackIsMadeAnew(option: String) async throws {
        let directory = try await crashed(mapping: option)
        try FileManager.default.removeItem(atPath: directory.path + "/fields")
        let mapping = try Documents(properties: Self.properties, option: option).mapping
        try expectAllThere(try Shard(directory: directory.path, mapping: mapping, logger: silent))
    }

    /// What the mapping no longer takes is left out, and nothing else.
    @Test func rebuildingIsLenient() async throws {
        let directory = try await crashed()
        try FileManager.default.removeItem(atPath: directory.path + "/fields")
        let changed = Self.properties.replacingOccurrences(of: #""k":{"type":"keyword"}"#, with: #""k":{"type":"long"}"#)
        let view = try openShard(directory, properties: changed).view
        #expect(try view.search(.exists(fields: ["k"]), limit: 1).total == 0)
        #expect(try view.search(.exists(fields: ["n"]), limit: 1).total == 50)
    }

    /// Views keep what they show, whatever is merged meanwhile.
    @Test func mergesKeepWhatViewsShow() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: Self.properties)
        for id in 0..<30 {
            try await shard.write(try documents.index("\(id)", source(id)))
            try await shard.refresh()
        }
        let before = shard.view
        #expect(before.fields.segments.count < 10)
        let even = QueryPlan.term(field: "k", value: .term("even0"), scoring: .constant)
        for id in 0..<20 { try await shard.delete("\(id)") }
        try await shard.forceMerge()
        #expect(try before.search(even, limit: 100).total == 15)
        #expect(try shard.view.search(even, limit: 100).total == 15)
        #expect(shard.view.fields.segments.count == 1)
        try await shard.refresh()
        #expect(try shard.view.search(even, limit: 100).total == 5)
        try await shard.forceMerge()
        #expect(try shard.view.search(even, limit: 100).total == 5)
        #expect(shard.view.fields.segments.map(\.documentCount) == [10])
        #expect(try before.search(even, limit: 100).total == 15)
        // The dead count until they are merged away.
        #expect(before.fields.documentFrequency(of: "even0", in: "k") == 15)
        #expect(shard.view.fields.documentFrequency(of: "even0", in: "k") == 5)
    }

    @Test func theDeadAreMergedAway() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: Self.properties)
        for id in 0..<400 { try await shard.write(try documents.index("\(id)", source(id))) }
        try await shard.refresh()
        for id in 0..<390 { try await shard.delete("\(id)") }
        try await shard.refresh()
        // The view before may show them still; the next one does not.
        try await shard.write(try documents.index("400", source(400)))
        try await shard.refresh()
        #expect(shard.view.fields.segments.reduce(0) { $0 + $1.documentCount } == 11)
    }

    /// Merges that go on beside refreshes lose nothing that is needed then, or shown.
    @Test(arguments: [0, 1_000_000]) func mergesBesideRefreshesLoseNothing(smallMerge: Int) async throws {
        let directory = try TemporaryDirectory()
        var files = SegmentDirectory(path: directory.path + "/fields")
        _ = try files.open(limit: 0)
        var policy = MergePolicy()
        policy.width = 3
        policy.smallest = 4
        let fields = ShardFields([], directory: files, end: 0, policy: policy, smallMerge: smallMerge)
        let alive = Mutex(OrdinalSet())
        let shown = Mutex(FieldIndexView([]))
        let documents = try Documents(properties: Self.properties)
        var generator = SeededGenerator(seed: 7)
        for ordinal in 0..<150 as Range<UInt32> {
            var documents = documents
            fields.add([IndexedDocument(try documents.parse(source(Int(ordinal))), ordinal: ordinal)], end: ordinal + 1)
            alive.withLock { alive in
                alive.insert(ordinal)
                if ordinal % 3 == 0, let dead = Array(alive).randomElement(using: &generator) { alive.remove(dead) }
            }
            let (live, view) = await fields.refresh(
                { alive.withLock { $0 } }, live: { $0 }, alive: { alive.withLock { $0 } }, install: { view in shown.withLock { $0 = view } })
            #expect(live.isSubset(of: view.ordinals))
            if ordinal % 10 == 0 { try await fields.flush() }
        }
        // Each merge may bring about the next.
        while fields.content.withLock({ $0.merging != nil }) {
            fields.merger.sync {}
            fields.settle()
        }
        let (live, view) = await fields.refresh({ alive.withLock { $0 } }, live: { $0 }, alive: { alive.withLock { $0 } }, install: { _ in })
        #expect(live.isSubset(of: view.ordinals))
        #expect(view.segments.count < 15)
        #expect(view.segments.reduce(0) { $0 + $1.documentCount } < 150)
        #expect((shown.withLock { $0.segments.count } > 0) == (smallMerge == 0))
        try await fields.flush()
        var again = SegmentDirectory(path: directory.path + "/fields")
        #expect(FieldIndexView(try again.open(limit: 150).segments).ordinals == view.ordinals)
    }
}
