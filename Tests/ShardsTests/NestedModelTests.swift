import Foundation
import JSON
import Mapping
import Ordinals
import Query
import TestSupport
import Testing

@testable import Shards

/// Random nested documents and operations against a brute-force twin.
struct NestedModelTests {
    private enum Step: CaseIterable { case index, delete, refresh, search, nearest, inner, aggregate, sort, flush, purge, merge, reopen, crash }

    private static let weights: [(Step, Int)] = [
        (.index, 40), (.delete, 12), (.refresh, 12), (.search, 12), (.nearest, 8), (.inner, 8), (.aggregate, 6), (.sort, 6), (.flush, 3),
        (.purge, 3), (.merge, 3), (.reopen, 2), (.crash, 3),
    ]

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func randomOperationsAgreeWithTheTwin(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        var directory = try TemporaryDirectory()
        var shard = try makeShard(directory, configuration: .init(purgeThreshold: 20))
        let documents = try Documents(properties: NestedTwin.properties)
        var current = NestedTwin(), visible = NestedTwin()
        var trace: [String] = []
        for _ in 0..<300 {
            var roll = Int.random(in: 0..<Self.weights.reduce(0) { $0 + $1.1 }, using: &generator)
            let step = Self.weights.first {
                roll -= $0.1
                return roll < 0
            }?.0 ?? .index
            let id = "\(Int.random(in: 0..<25, using: &generator))"
            trace.append("\(step) \(id)")
            let check = Check(view: shard.view, documents: documents, twin: visible, note: "seed \(seed): \(trace.suffix(12))")
            switch step {
            case .index:
                let document = NestedTwin.Document.random(&generator)
                try await shard.write(ShardOperation(id: id, action: .index(try documents.parsed(document.json))))
                current.documents[id] = document
            case .delete:
                try await shard.delete(id)
                current.documents[id] = nil
            case .refresh:
                try await shard.refresh()
                visible = current
                let count = visible.documents.values.reduce(0) { $0 + $1.count }
                #expect(shard.view.documentCount == visible.documents.count && shard.view.needed.count == count, "\(check.note)")
                #expect(shard.statistics.documents == count)
            case .search: try check.search(&generator)
            case .nearest: try check.nearest(&generator)
            case .inner: try check.innerHits(&generator)
            case .aggregate: try check.aggregations(&generator)
            case .sort: try check.sort(&generator)
            case .flush: try await shard.flush()
            case .purge: try await shard.purge()
            case .merge: try await shard.forceMerge()
            case .reopen, .crash:
                if step == .crash {
                    directory = try directory.copied()
                } else {
                    try await shard.close()
                }
                shard = try openShard(directory, properties: NestedTwin.properties, configuration: .init(purgeThreshold: 20))
                visible = current
            }
        }
        try await shard.refresh()
        let check = Check(view: shard.view, documents: documents, twin: current, note: "seed \(seed) at the end")
        for _ in 0..<5 {
            try check.search(&generator)
            try check.nearest(&generator)
            try check.innerHits(&generator)
            try check.aggregations(&generator)
            try check.sort(&generator)
        }
    }
}

extension Documents {
    /// Parses without adding to the mapping.
    func parsed(_ json: String) throws -> ParsedDocument { try DocumentParser(mapping: mapping).parse(Array(json.utf8)) }
}

/// Compares what a view finds with what the twin does.
private struct Check {
    let view: ShardView
    let documents: Documents
    let twin: NestedTwin
    let note: String

    private func letter(_ generator: inout SeededGenerator) -> String { ["a", "b", "c"].randomElement(using: &generator) ?? "a" }

    private func ids(_ ordinals: [UInt32]) throws -> [String] { try view.documents(ordinals).map(\.id) }

    private func scores(_ query: Query) throws -> [String: Float] {
        let found = try view.search(try documents.plan(query), limit: 1000).documents
        return Dictionary(uniqueKeysWithValues: zip(try ids(found.map(\.ordinal)), found.map(\.score)))
    }

    func search(_ generator: inout SeededGenerator) throws {
        let (k, other) = (letter(&generator), letter(&generator))
        let mode = NestedQuery.ScoreMode.allCases.randomElement(using: &generator) ?? .avg
        let objects = NestedQuery(path: "o", query: NestedTwin.scored("o.k", k, by: "o.n"), scoreMode: mode)
        #expect(try scores(Query(.nested(objects))) == twin.objects(k, mode), "\(mode) \(note)")
        let inner = Query(.nested(NestedQuery(path: "o.p", query: NestedTwin.term("o.p.k", other))))
        let both = Query(.bool(BoolQuery(filter: [NestedTwin.term("o.k", k), inner])))
        let deep = Query(.nested(NestedQuery(path: "o", query: both)))
        #expect(Set(try scores(deep).keys) == twin.deep(k, other), "deep \(note)")
        let refused = Query(.bool(BoolQuery(filter: [NestedTwin.term("k", k)], mustNot: [deep])))
        let expected = Set(twin.documents.filter { $0.value.k == k }.keys).subtracting(twin.deep(k, other))
        #expect(Set(try scores(refused).keys) == expected, "refused \(note)")
        // Of objects, one that is none of these.
        let not = Query(.nested(NestedQuery(path: "o", query: Query(.bool(BoolQuery(mustNot: [NestedTwin.term("o.k", k)]))))))
        #expect(Set(try scores(not).keys) == Set(twin.documents.filter { $0.value.objects.contains { $0.k != k } }.keys), "not \(note)")
        // From the document straight to what is in its objects, and what is not the document's own.
        let far = Query(.nested(NestedQuery(path: "o.p", query: NestedTwin.term("o.p.k", other))))
        #expect(Set(try scores(far).keys) == Set(twin.documents.filter { $0.value.objects.contains { $0.inner.contains { $0.k == other } } }.keys))
        #expect(try scores(NestedTwin.term("o.k", k)).isEmpty && scores(Query(.exists(field: "o"))).isEmpty, "\(note)")
        #expect(try scores(.matchAll).count == twin.documents.count)
        let first = try #require(["0", "1"].randomElement(using: &generator))
        let ofID = Query(.nested(NestedQuery(path: "q", query: Query(.ids([first])))))
        #expect(try scores(ofID).keys.sorted() == (twin.documents[first]?.others.isEmpty == false ? [first] : []), "\(note)")
    }

    func nearest(_ generator: inout SeededGenerator) throws {
        let vector = (0..<4).map { _ in Float(Int.random(in: -50...50, using: &generator)) }
        let (k, own) = (Int.random(in: 1...8, using: &generator), letter(&generator))
        let filters: [([Query], (NestedTwin.Document, NestedTwin.Object) -> Bool)] = [
            ([], { _, _ in true }), ([NestedTwin.term("k", own)], { document, _ in document.k == own }),
            ([NestedTwin.term("o.k", own)], { _, object in object.k == own }),
        ]
        guard let (filter, accepts) = filters.randomElement(using: &generator) else { return }
        let query = KNNQuery(field: "o.v", vector: .vector(vector), k: k, candidates: 50, filter: filter)
        let expected = twin.distances(vector, among: accepts).values.sorted().prefix(k).map { 1 / (1 + $0) }
        let clause = try #require(try Planner(mapping: documents.mapping, now: 0).plan(Search(knn: [.init(query)])).knn.first ?? nil)
        let found = try view.nearest(clause.plan).documents
        // So few vectors are all compared, so none is missed.
        func isSame(_ scores: [Float]) -> Bool {
            // Distances are rounded on the way to scores.
            scores.count == expected.count && zip(scores, expected).allSatisfy { abs($0 - $1) <= 1e-6 * $1 }
        }
        #expect(isSame(found.map(\.score)), "\(note)")
        #expect(Set(found.map(\.ordinal)).isSubset(of: Set(view.documents)))
        let inside = try scores(Query(.nested(NestedQuery(path: "o", query: Query(.knn(query)), scoreMode: .max))))
        #expect(isSame(inside.values.sorted(by: >)), "\(note)")
    }

    func innerHits(_ generator: inout SeededGenerator) throws {
        let k = letter(&generator)
        var hits = InnerHits()
        hits.from = Int.random(in: 0...1, using: &generator)
        hits.sort = Bool.random(using: &generator) ? nil : Sort([.init(.field(FieldSort(name: "o.n")), .ascending)])
        let nested = NestedQuery(path: "o", query: NestedTwin.scored("o.k", k, by: "o.n"), innerHits: hits)
        let search = try Planner(mapping: documents.mapping, now: 0).plan(Search(query: Query(.nested(nested))))
        let plan = try #require(search.innerHits.first)
        let found = try view.search(search.query, limit: 1000).documents.map(\.ordinal)
        let inner = try view.innerMatches(plan, of: found)
        for (ordinal, id) in zip(found, try ids(found)) {
            let document = try #require(twin.documents[id])
            let matching = document.objects.enumerated().filter { $0.element.k == k }
            let sorted = matching.sorted { left, right in
                if left.element.n == right.element.n { return left.offset < right.offset }
                return hits.sort == nil ? left.element.n > right.element.n : left.element.n < right.element.n
            }
            let own = try #require(inner[ordinal], "\(note)")
            #expect(own.total == matching.count && own.maximumScore == matching.map { Float($0.element.n) }.max(), "\(note)")
            let shown = own.documents.map(\.ordinal)
            let identities = shown.map { view.nestedIdentity(of: $0, documents.mapping) }
            #expect(
                identities == sorted.dropFirst(hits.from).prefix(3).map { NestedIdentity(steps: [.init(field: "o", offset: $0.offset)]) },
                "\(note)")
            for (object, row) in zip(shown, try view.documents(shown, includingSource: true, documents.mapping)) {
                let source = try JSONValue(JSONDocument(parsing: try #require(row.source)).root)
                let offset = try #require(view.nestedIdentity(of: object, documents.mapping)?.steps.last?.offset)
                #expect(row.id == id && source["o"]?["n"] == .int(document.objects[offset].n), "\(note)")
            }
        }
        // What is in the objects knows its way, too.
        for ordinal in view.objects(of: "o.p").prefix(5) {
            let identity = try #require(view.nestedIdentity(of: ordinal, documents.mapping))
            let id = try #require(try ids([view.document(of: ordinal)]).first)
            let object = try #require(twin.documents[id]?.objects[identity.steps[0].offset])
            let source = try #require(try view.documents([ordinal], includingSource: true, documents.mapping).first?.source)
            let value = try JSONValue(JSONDocument(parsing: source).root)
            #expect(value["o"]?["p"]?["n"] == .int(object.inner[identity.steps[1].offset].n), "\(note)")
        }
    }

    func aggregations(_ generator: inout SeededGenerator) throws {
        let k = letter(&generator)
        let back = Aggregation("back", .reverseNested(path: "o"))
        let root = Aggregation("root", .reverseNested(path: nil))
        let inner = Aggregation("p", .nested(path: "o.p"), subaggregations: [back, root])
        let own = Aggregation("own", .filter(NestedTwin.term("o.k", k)), subaggregations: [inner])
        let plans = try Planner(mapping: documents.mapping, now: 0).plan([Aggregation("o", .nested(path: "o"), subaggregations: [own])])
        let results = try view.search(.matchAll, limit: 0, aggregations: plans).aggregations
        func slot(_ result: AggregationResult?) throws -> AggregationResult.Slot {
            guard case .slots(let slots)? = result else { throw CancellationError() }
            return try #require(slots.first)
        }
        let objects = twin.documents.values.flatMap(\.objects)
        let matching = objects.filter { $0.k == k }
        let all = try slot(results.first), filtered = try slot(all.results.first), deep = try slot(filtered.results.first)
        #expect(all.count == objects.count && filtered.count == matching.count, "\(note)")
        #expect(deep.count == matching.reduce(0) { $0 + $1.inner.count }, "\(note)")
        #expect(try slot(deep.results[0]).count == matching.filter { !$0.inner.isEmpty }.count, "\(note)")
        let roots = twin.documents.values.filter { $0.objects.contains { $0.k == k && !$0.inner.isEmpty } }.count
        #expect(try slot(deep.results[1]).count == roots, "\(note)")
    }

    func sort(_ generator: inout SeededGenerator) throws {
        let k = letter(&generator)
        let isFiltered = Bool.random(using: &generator), limit = [nil, 1, 2].randomElement(using: &generator) ?? nil
        let mode = ["min", "max", "sum"].randomElement(using: &generator) ?? "min"
        let order: Sort.Order = Bool.random(using: &generator) ? .ascending : .descending
        let nested = NestedSort(levels: [.init(path: "o", filter: isFiltered ? NestedTwin.term("o.k", k) : nil)], maximumChildren: limit)
        let search = Search(
            size: 100, sort: Sort([.init(.field(FieldSort(name: "o.n", mode: mode, nested: nested)), order)]))
        let plan = try Planner(mapping: documents.mapping, now: 0).plan(search)
        let found = try view.search(plan.query, limit: 100, order: plan.order)
        let expected = twin.documents.values.map { document -> Int? in
            let numbers = document.objects.filter { !isFiltered || $0.k == k }.map(\.n).prefix(limit ?? .max)
            if numbers.isEmpty { return nil }
            return mode == "sum" ? numbers.reduce(0, +) : mode == "min" ? numbers.min() : numbers.max()
        }
        let numbers = expected.compactMap { $0 }.sorted { order == .ascending ? $0 < $1 : $0 > $1 }
        let missing = expected.count - numbers.count
        let absent = SortKey.long(order == .ascending ? .max : .min)
        #expect(found.keys == numbers.map { [.long(Int64($0))] } + Array(repeating: [absent], count: missing), "\(mode) \(note)")
    }
}
