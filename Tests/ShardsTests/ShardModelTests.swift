import FieldIndex
import Foundation
import Mapping
import Ordinals
import Query
import Synchronization
import TestSupport
import Testing
import VectorIndex

@testable import Shards

/// Random operations against a model that keeps everything in dictionaries.
struct ShardModelTests {
    private struct Model {
        struct Document: Equatable {
            var source: String
            var colour: String
            var number: Int
            var words: [String]
            var longitude: Int
            var vector: [Float]
            var version: Int64
        }

        var current: [String: Document] = [:]
        var versions: [String: Int64] = [:]
        var visible: [String: Document] = [:]
    }

    private enum Step: CaseIterable {
        case index, create, delete, get, refresh, search, nearest, flush, purge, merge, reopen, crash
    }

    private static let weights: [(Step, Int)] = [
        (.index, 40), (.create, 6), (.delete, 14), (.get, 10), (.refresh, 10), (.search, 10), (.nearest, 6),
        (.flush, 3),
        (.purge, 3), (.merge, 3), (.reopen, 2), (.crash, 2),
    ]

    private static let properties = """
        {"colour":{"type":"keyword"},"number":{"type":"integer"},"text":{"type":"text"},"place":{"type":"geo_point"},
         "v":{"type":"dense_vector","dims":4,"similarity":"l2_norm","index_options":{"type":"hnsw"}}}
        """

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func randomOperationsAgreeWithTheModel(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        var directory = try TemporaryDirectory()
        var shard = try makeShard(directory, configuration: .init(purgeThreshold: 20))
        let documents = try Documents(properties: Self.properties)
        var model = Model()
        var trace: [String] = []
        for _ in 0..<400 {
            var roll = Int.random(in: 0..<Self.weights.reduce(0) { $0 + $1.1 }, using: &generator)
            let step =
                Self.weights.first {
                    roll -= $0.1
                    return roll < 0
                }?.0 ?? .index
            let id = "\(Int.random(in: 0..<40, using: &generator))"
            trace.append("\(step) \(id)")
            switch step {
            case .index, .create:
                let document = try await write(id, creating: step == .create, shard, documents, &generator, model)
                if let document {
                    model.current[id] = document
                    model.versions[id] = document.version
                }
            case .delete:
                let result = try await shard.delete(id)
                #expect(result.outcome == (model.current[id] == nil ? .notFound : .deleted), "\(trace.suffix(20))")
                model.current[id] = nil
                model.versions[id, default: 0] += 1
            case .get:
                let found = try shard.document(id: id)
                #expect(
                    found.flatMap(\.source).map { String(decoding: $0, as: UTF8.self) } == model.current[id]?.source)
                #expect(found?.version == model.current[id]?.version, "\(trace.suffix(20))")
            case .refresh:
                try await shard.refresh()
                model.visible = model.current
            case .search: try expectSearches(shard.view, model, &generator, trace)
            case .nearest: try expectNearest(shard.view, model, &generator, trace)
            case .flush: try await shard.flush()
            case .purge: try await shard.purge()
            case .merge: try await shard.forceMerge()
            case .reopen:
                try await shard.close()
                shard = try openShard(directory, properties: Self.properties, configuration: .init(purgeThreshold: 20))
                model.visible = model.current
                try expectGraphs(shard, trace)
            case .crash:
                let copy = try directory.copied()
                shard = try openShard(copy, properties: Self.properties, configuration: .init(purgeThreshold: 20))
                directory = copy
                model.visible = model.current
                try expectGraphs(shard, trace)
            }
            #expect(shard.view.documentCount == model.visible.count, "\(trace.suffix(20))")
        }
        try await shard.refresh()
        model.visible = model.current
        try expectGraphs(shard, trace)
        try expectSearches(shard.view, model, &generator, trace)
        try expectNearest(shard.view, model, &generator, trace)
    }

    private func write(
        _ id: String, creating: Bool, _ shard: Shard, _ documents: Documents, _ generator: inout SeededGenerator,
        _ model: Model
    ) async throws -> Model.Document? {
        let colour = ["red", "green", "blue"].randomElement(using: &generator) ?? "red"
        let number = Int.random(in: -50..<50, using: &generator)
        let vector = (0..<4).map { _ in Float(Int.random(in: -100..<100, using: &generator)) }
        let words = (0..<Int.random(in: 0..<6, using: &generator)).map { _ in ["a", "b", "c"].randomElement(using: &generator) ?? "a" }
        let longitude = Int.random(in: -180...180, using: &generator)
        let source =
            #"{"colour":"\#(colour)","number":\#(number),"text":"\#(words.joined(separator: " "))","place":[\#(longitude),1],"v":\#(vector)}"#
        var documents = documents
        let parsed = try documents.parse(source)
        let result = await shard.write([ShardOperation(id: id, action: creating ? .create(parsed) : .index(parsed))])[0]
        if creating, let current = model.current[id] {
            #expect(result == .failure(.alreadyExists(id: id, currentVersion: current.version)))
            return nil
        }
        let version = (model.versions[id] ?? 0) + 1
        #expect(try result.get().version == version)
        #expect(try result.get().outcome == (model.current[id] == nil ? .created : .updated))
        return Model.Document(
            source: source, colour: colour, number: number, words: words, longitude: longitude, vector: vector, version: version)
    }

    private func expectSearches(
        _ view: ShardView, _ model: Model, _ generator: inout SeededGenerator, _ trace: [String]
    ) throws {
        let documents = try Documents(properties: Self.properties)
        let bound = Int.random(in: -50..<50, using: &generator)
        let colour = Query(.term(TermQuery(field: "colour", value: .string("red"))))
        let range = Query(.range(RangeQuery(field: "number", lower: .init(.integer(bound), isInclusive: true))))
        let cases: [(Query, (Model.Document) -> Bool)] = [
            (colour, { $0.colour == "red" }), (range, { $0.number >= bound }),
            (Query(.bool(BoolQuery(filter: [colour], mustNot: [range]))), { $0.colour == "red" && $0.number < bound }),
            (Query(.bool(BoolQuery(should: [colour, range]))), { $0.colour == "red" || $0.number >= bound }),
            (Query(.exists(field: "v")), { _ in true }),
        ]
        for (query, predicate) in cases {
            let expected = model.visible.filter { predicate($0.value) }.keys
            #expect(Set(try view.ids(try documents.plan(query))) == Set(expected), "\(query) \(trace.suffix(20))")
        }
        let plans: [(QueryPlan, (Model.Document) -> Bool)] = [
            (.term(field: "text", value: .term("a"), scoring: .bm25), { $0.words.contains("a") }),
            (.phrase(PhraseQuery(field: "text", terms: ["a", "b"])), { zip($0.words, $0.words.dropFirst()).contains { $0 == ("a", "b") } }),
            (.geoBox(field: "place", GeoBox(top: 2, left: 0.5, bottom: 0, right: 90.5)), { 1...90 ~= $0.longitude }),
            (.matchingTerms(field: "colour", .wildcard("*e*n")), { $0.colour == "green" }),
        ]
        for (plan, predicate) in plans {
            let expected = model.visible.filter { predicate($0.value) }.keys
            #expect(Set(try view.ids(plan)) == Set(expected), "\(plan) \(trace.suffix(20))")
        }
        let keywords = view.keywords("colour")
        for (rank, count) in (keywords?.counts(of: view.documents) ?? []).enumerated() {
            let colour = keywords?.term(rank)
            #expect(count == model.visible.values.count { $0.colour == colour }, "\(trace.suffix(20))")
        }
        var sum: Int64 = 0
        for column in view.fields.numbers("number") { column.forEachBlock(of: view.documents) { _, values in sum += values.reduce(0, +) } }
        #expect(Int(sum) == model.visible.values.reduce(0) { $0 + $1.number }, "\(trace.suffix(20))")
        for document in try view.documents(try view.search(.matchAll, limit: 100).documents.map(\.ordinal)) {
            #expect(document.source.map { String(decoding: $0, as: UTF8.self) } == model.visible[document.id]?.source)
        }
    }

    /// A graph has every live vector, and no other than those that a purge will take.
    private func expectGraphs(_ shard: Shard, _ trace: [String]) throws {
        let state = shard.state.withLock { $0 }
        guard let index = state.vectorFields["v"]?.index else { return }
        let members = index.members
        #expect(state.live.isSubset(of: members), "\(trace.suffix(20))")
        #expect(members.isSubset(of: state.live.union(OrdinalSet(state.dead.map(\.ordinal)))), "\(trace.suffix(20))")
    }

    private func expectNearest(
        _ view: ShardView, _ model: Model, _ generator: inout SeededGenerator, _ trace: [String]
    ) throws {
        let query = (0..<4).map { _ in Float.random(in: -100..<100, using: &generator) }
        func distance(_ vector: [Float]) -> Float {
            zip(vector, query).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }
        let expected = model.visible.sorted { distance($0.value.vector) < distance($1.value.vector) }.prefix(5).map(
            \.key)
        let plan = KNNPlan(field: "v", vector: query, k: 5, candidates: 100)
        #expect(Set(try view.ids(nearest: plan)) == Set(expected), "\(trace.suffix(20))")
    }
}
