import Foundation
import Mapping
import Ordinals
import Query
import TestSupport
import Testing

@testable import Shards

/// Nested objects in a shard: what random documents do not show.
struct NestedShardTests {
    private static let properties = #"{"o":{"type":"nested","properties":{"k":{"type":"keyword"},"n":{"type":"long"}}}}"#

    private func nested(_ k: String) -> Query { Query(.nested(NestedQuery(path: "o", query: NestedTwin.term("o.k", k)))) }

    /// What is nested since a document was written gives it no more ordinals when its index is made anew.
    @Test func objectsKeepTheirOrdinals() async throws {
        let directory = try TemporaryDirectory()
        let documents = try Documents(properties: Self.properties)
        let shard = try makeShard(directory)
        for number in 0..<3 {
            let document = try documents.parsed(#"{"later":[{"n":1},{"n":2}],"o":[{"k":"k\#(number)"},{"k":"x"}]}"#)
            #expect(document.nested.count == 2)
            try await shard.write(ShardOperation(id: "\(number)", action: .index(document)))
        }
        try await shard.close()
        try FileManager.default.removeItem(atPath: directory.path + "/fields")
        let more = #"{"later":{"type":"nested","properties":{"n":{"type":"long"}}},"o":{"type":"nested","properties":{"k":{"type":"keyword"}}}}"#
        let again = try openShard(directory, properties: more)
        let after = try Documents(properties: more)
        #expect(again.view.objects(of: "o") == [0, 1, 3, 4, 6, 7] && again.view.objects(of: "later").isEmpty)
        for number in 0..<3 { #expect(try again.view.ids(try after.plan(nested("k\(number)"))) == ["\(number)"]) }
    }

    @Test func sourcesAreNotNeeded() async throws {
        let directory = try TemporaryDirectory()
        let option = #""_source":{"enabled":false},"#
        let documents = try Documents(properties: Self.properties, option: option)
        let shard = try makeShard(directory)
        try await shard.write(ShardOperation(id: "1", action: .index(try documents.parsed(#"{"o":[{"k":"a"},{"k":"b"}]}"#))))
        let copy = try directory.copied()
        let again = try Shard(directory: copy.path, mapping: documents.mapping, logger: silent)
        #expect(try again.view.ids(try documents.plan(nested("b"))) == ["1"])
        #expect(try again.view.documents([1], includingSource: true, documents.mapping).first?.id == "1")
    }

    /// A view shows the objects that it had, whatever is written and purged since.
    @Test func viewsKeepTheirObjects() async throws {
        let directory = try TemporaryDirectory()
        let documents = try Documents(properties: Self.properties)
        let shard = try makeShard(directory)
        try await shard.write(ShardOperation(id: "1", action: .index(try documents.parsed(#"{"o":[{"k":"a"},{"k":"b"}]}"#))))
        let view = try await shard.refresh()
        try await shard.write(ShardOperation(id: "1", action: .index(try documents.parsed(#"{"o":{"k":"c"}}"#))))
        try await shard.refresh()
        try await shard.purge()
        try await shard.forceMerge()
        #expect(try view.ids(try documents.plan(nested("b"))) == ["1"] && view.objects(of: "o").count == 2)
        #expect(try shard.view.ids(try documents.plan(nested("b"))).isEmpty && shard.view.ids(try documents.plan(nested("c"))) == ["1"])
    }

    /// The objects of few documents are found in another way than those of many.
    @Test func objectsOfFewAreThoseOfMany() async throws {
        let directory = try TemporaryDirectory()
        let documents = try Documents(properties: NestedTwin.properties)
        let shard = try makeShard(directory)
        let inner = repeatElement(#"{"k":"a","n":1}"#, count: 60).joined(separator: ",")
        let objects = repeatElement(#"{"k":"a","n":1,"p":[\#(inner)]}"#, count: 5).joined(separator: ",")
        for number in 0..<4 {
            let document = try documents.parsed(#"{"k":"a","q":[{"k":"b"}],"o":[\#(objects)]}"#)
            try await shard.write(ShardOperation(id: "\(number)", action: .index(document)))
        }
        let view = try await shard.refresh()
        for level in [NestedLevel(path: "o.p", parent: "o"), NestedLevel(path: "o.p", parent: nil)] {
            for parent in view.objects(of: level.parent) {
                var expected = OrdinalSet()
                view.forEachObject(view.objects(of: "o.p"), of: level) { if $1 == parent { expected.insert($0) } }
                #expect(view.objects(of: level, in: [parent]) == expected && expected.count == (level.parent == nil ? 300 : 60))
            }
        }
    }

    @Test func unreadablePathsAreDamage() async throws {
        for (text, expected) in [(#"["o",2]"#, ["o", "o"] as [String]?), (#"["o",1,"o.p",1]"#, ["o", "o.p"]), ("[]", []), ("", nil), (#"["o"]"#, nil),
            (#"["o",-1]"#, nil), (#"["o",99]"#, nil), (#"[1,1]"#, nil), (#"["o",9223372036854775807,"o",9]"#, nil)]
        {
            #expect(NestedRows.decode(text, limit: 3) == expected, "\(text)")
        }
        #expect(String(decoding: NestedRows.encode(["a", "a", "b", "a"]), as: UTF8.self) == #"["a",2,"b",1,"a",1]"#)
    }

    /// Of documents with very many objects, the k nearest objects are in few documents: k documents are found for all that.
    @Test func neighboursAreOfDifferentDocuments() async throws {
        let properties = #"{"o":{"type":"nested","properties":{"v":{"type":"dense_vector","dims":2,"similarity":"l2_norm"}}}}"#
        let directory = try TemporaryDirectory()
        let documents = try Documents(properties: properties)
        let shard = try makeShard(directory)
        for number in 0..<12 {
            let objects = (0..<200).map { #"{"v":[\#(number * 10),\#(Float($0) / 1000)]}"# }.joined(separator: ",")
            try await shard.write(ShardOperation(id: "\(number)", action: .index(try documents.parsed(#"{"o":[\#(objects)]}"#))))
        }
        let view = try await shard.refresh()
        let query = KNNQuery(field: "o.v", vector: .vector([0, 0]), k: 10, candidates: 10)
        let plan = try #require(try Planner(mapping: documents.mapping, now: 0).plan(Search(knn: [.init(query)])).knn.first ?? nil)
        #expect(try view.ids(nearest: plan.plan) == (0..<10).map(String.init))
    }

    /// Over a graph, nearly all of what the twin finds is found.
    @Test func recallOverAGraph() async throws {
        let properties = #"""
            {"k":{"type":"keyword"},"o":{"type":"nested","properties":{"k":{"type":"keyword"},"v":{"type":"dense_vector","dims":16,
             "similarity":"l2_norm","index_options":{"type":"int8_hnsw"}}}}}
            """#
        let directory = try TemporaryDirectory()
        let documents = try Documents(properties: properties)
        let shard = try makeShard(directory)
        var generator = SeededGenerator(seed: 7)
        func vector() -> [Float] { (0..<16).map { _ in Float.random(in: -1...1, using: &generator) } }
        let all: [[[Float]]] = (0..<1500).map { _ in (0..<4).map { _ in vector() } }
        func distance(_ left: [Float], _ right: [Float]) -> Float {
            zip(left, right).reduce(0) { sum, pair in sum + (pair.0 - pair.1) * (pair.0 - pair.1) }
        }
        for start in stride(from: 0, to: all.count, by: 250) {
            let operations = try (start..<start + 250).map { (number: Int) throws -> ShardOperation in
                let objects = all[number].map { #"{"v":\#($0)}"# }.joined(separator: ",")
                return ShardOperation(id: "\(number)", action: .index(try documents.parsed(#"{"o":[\#(objects)]}"#)))
            }
            for result in await shard.write(operations) { _ = try result.get() }
        }
        let view = try await shard.refresh()
        var found = 0
        for _ in 0..<20 {
            let query = vector()
            let distances: [Float] = all.map { objects in objects.map { distance($0, query) }.min() ?? 0 }
            let nearest = distances.indices.sorted { distances[$0] < distances[$1] }
            let best = Set(nearest.prefix(10).map(String.init))
            let knn = KNNQuery(field: "o.v", vector: .vector(query), k: 10, candidates: 100)
            let plan = try #require(try Planner(mapping: documents.mapping, now: 0).plan(Search(knn: [.init(knn)])).knn.first ?? nil)
            let ids = try view.ids(nearest: plan.plan)
            #expect(ids.count == 10 && Set(ids).count == 10)
            found += best.intersection(ids).count
        }
        #expect(found >= 194, "recall \(Double(found) / 200)")
    }
}
