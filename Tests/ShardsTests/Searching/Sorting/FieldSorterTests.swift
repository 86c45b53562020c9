import Mapping
import Query
import TestSupport
import Testing

@testable import Shards

/// Orders over columns, beside sorting what was written.
struct FieldSorterTests {
    private static let properties = """
        {"n":{"type":"long"},"d":{"type":"double"},"f":{"type":"scaled_float","scaling_factor":10},"k":{"type":"keyword"},
         "b":{"type":"boolean"}}
        """

    private struct Written {
        var n: [Int] = []
        var d: [Double] = []
        var k: [String] = []
    }

    private struct Fixture {
        let directory: TemporaryDirectory
        let shard: Shard
        let view: ShardView
        let documents: Documents
        /// What the live documents hold.
        let written: [String: Written]
    }

    private static let words = ["a", "B", "é", "e\u{301}", "zz", "𝄞", "\u{FFFD}", ""]

    private func fixture(count: Int = 150) async throws -> Fixture {
        var random = SeededGenerator(seed: 11)
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: Self.properties)
        var written: [String: Written] = [:]
        for number in 0..<count {
            var document = Written()
            document.n = (0..<Int.random(in: 0...3, using: &random)).map { _ in Int.random(in: -4...4, using: &random) }.sorted()
            document.d = (0..<Int.random(in: 0...2, using: &random)).map { _ in Double.random(in: -2...2, using: &random) }.sorted()
            document.k = (0..<Int.random(in: 0...2, using: &random)).compactMap { _ in Self.words.randomElement(using: &random) }
            // A third are written again, so that segments hold dead ones.
            let id = "\(number % 100)"
            let list = document.k.map { "\"\($0)\"" }.joined(separator: ",")
            try await shard.write(
                try documents.index(id, #"{"n":\#(document.n),"d":\#(document.d),"k":[\#(list)],"b":\#(number % 3 == 0)}"#))
            written[id] = document
            if number % 37 == 36 { _ = try await shard.refresh() }
        }
        return Fixture(
            directory: directory, shard: shard, view: try await shard.refresh(), documents: documents, written: written)
    }

    private func order(_ fixture: Fixture, _ clauses: [Sort.Clause]) throws -> DocumentOrder {
        try Planner(mapping: fixture.documents.mapping, now: 0).plan(Search(sort: Sort(clauses))).order
    }

    private static let numbers: [(String?, Sort.Order, QueryValue?)] = [nil, "min", "max", "sum", "avg", "median"].flatMap { mode in
        [Sort.Order.ascending, .descending].flatMap { order in
            [nil, .string("_first"), .integer(2)].map { (mode, order, $0) }
        }
    }

    private func expected(_ values: [Double], _ mode: String?, _ order: Sort.Order, _ missing: QueryValue?, isWhole: Bool) -> Double {
        if values.isEmpty {
            if missing == .integer(2) { return 2 }
            return (missing == nil) == (order == .ascending) ? .infinity : -.infinity
        }
        let middle = values.count / 2
        let value: Double =
            switch mode ?? (order == .ascending ? "min" : "max") {
            case "min": values[0]
            case "max": values[values.count - 1]
            case "sum": values.reduce(0, +)
            case "avg": values.reduce(0, +) / Double(values.count)
            default: values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
            }
        return isWhole ? (value + 0.5).rounded(.down) : value
    }

    @Test(arguments: [1, 7, 1000])
    func numbersOfEveryMode(_ limit: Int) async throws {
        let fixture = try await fixture()
        for (mode, direction, missing) in Self.numbers {
            for field in ["n", "d"] {
                let order = try order(
                    fixture, [.init(.field(FieldSort(name: field, missing: missing, mode: mode)), direction)])
                let hits = try fixture.view.search(.matchAll, limit: limit, order: order)
                #expect(hits.total == 100 && hits.keys.count == min(limit, 100))
                let ids = try fixture.view.documents(hits.documents.map(\.ordinal)).map(\.id)
                let all = fixture.written.mapValues { document in
                    expected(
                        field == "n" ? document.n.map(Double.init) : document.d, mode, direction, missing, isWhole: field == "n")
                }
                let found = ids.compactMap { all[$0] }
                let sorted = all.values.sorted { direction == .ascending ? $0 < $1 : $0 > $1 }
                #expect(found == Array(sorted.prefix(limit)), "\(field) \(mode ?? "") \(direction)")
                for (key, value) in zip(hits.keys, found) where value.isFinite {
                    #expect(key == [field == "n" ? .long(Int64(value)) : .double(value)])
                }
            }
        }
    }

    @Test(arguments: [Sort.Order.ascending, .descending], [QueryValue?.none, .string("_first"), .string("f"), .string("zz")])
    func keywordsByBytes(_ direction: Sort.Order, _ missing: QueryValue?) async throws {
        let fixture = try await fixture()
        let order = try order(fixture, [.init(.field(FieldSort(name: "k", missing: missing)), direction)])
        let hits = try fixture.view.search(.matchAll, limit: 1000, order: order)
        let ids = try fixture.view.documents(hits.documents.map(\.ordinal)).map(\.id)
        let isFirst = missing == .string("_first")
        let stand: [UInt8]? = missing == nil || isFirst ? nil : missing.map { value in
            if case .string(let text) = value { Array(text.utf8) } else { [] }
        }
        func value(_ id: String) -> [UInt8]? {
            let all = (fixture.written[id]?.k ?? []).map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
            return (direction == .ascending ? all.first : all.last) ?? stand
        }
        for (left, right) in zip(ids, ids.dropFirst()) {
            switch (value(left), value(right)) {
            case (let left?, let right?):
                #expect(direction == .ascending ? !right.lexicographicallyPrecedes(left) : !left.lexicographicallyPrecedes(right))
            case (nil, nil): break
            case (nil, _): #expect(isFirst)
            case (_, nil): #expect(!isFirst)
            }
        }
        for (id, keys) in zip(ids, hits.keys) {
            #expect(keys == [value(id).map { .keyword(String(decoding: $0, as: UTF8.self)) } ?? .absent])
        }
    }

    /// Pages after the last document are the whole; places by keys alone leave out what equals them.
    @Test(arguments: [Sort.Order.ascending, .descending], [Sort.Order.ascending, .descending])
    func pagesAreTheWhole(_ first: Sort.Order, _ document: Sort.Order) async throws {
        let fixture = try await fixture()
        let scored = QueryPlan.bool(
            BoolPlan(
                must: [.matchAll], should: [.boosted(.term(field: "b", value: .long(1), scoring: .constant), by: 2)],
                minimumShouldMatch: 0))
        let sorts: [[Sort.Clause]] = [
            [.init(.field(FieldSort(name: "b")), first)], [.init(.field(FieldSort(name: "k")), first), .init(.field(FieldSort(name: "n")), .ascending)],
            [.init(.score, first), .init(.field(FieldSort(name: "k", missing: .string("f"))), .descending)],
            [.init(.field(FieldSort(name: "f")), first)],
        ]
        for clauses in sorts {
            let order = try order(fixture, clauses + [.init(.shardDocument, document)])
            let whole = try fixture.view.search(scored, limit: 1000, order: order)
            #expect(whole.documents.count == 100)
            var paged: [UInt32] = []
            var cursor: DocumentCursor?
            while true {
                let page = try fixture.view.search(scored, limit: 13, order: order, after: cursor)
                guard let last = page.documents.last, let keys = page.keys.last else { break }
                paged += page.documents.map(\.ordinal)
                cursor = DocumentCursor(score: nil, keys: keys, ordinal: Int64(last.ordinal))
            }
            #expect(paged == whole.documents.map(\.ordinal))
            let middle = whole.keys[50]
            let after = try fixture.view.search(
                scored, limit: 1000, order: order, after: DocumentCursor(score: nil, keys: middle, ordinal: nil))
            #expect(after.keys == whole.keys.drop { keys in keys != middle }.drop { $0 == middle }.map { $0 })
        }
    }

    /// A keyword that no document has is a place between two.
    @Test func placesBetweenKeywords() async throws {
        let fixture = try await fixture()
        for direction in [Sort.Order.ascending, .descending] {
            let order = try order(fixture, [.init(.field(FieldSort(name: "k", missing: .string("f"))), direction)])
            let key = try #require(order.keys.first)
            let whole = try fixture.view.search(.matchAll, limit: 1000, order: order).keys
            for text in ["", "A", "e", "f", "ff", "g", "zzz", "\u{10FFFF}"] {
                let place = DocumentCursor(score: nil, keys: [.keyword(text)], ordinal: nil)
                let found = try fixture.view.search(.matchAll, limit: 1000, order: order, after: place).keys
                #expect(found == whole.filter { key.compare($0[0], .keyword(text)) > 0 }, "\(text)")
            }
        }
    }

    /// Documents of a place stand far apart, in several windows.
    @Test func windows() {
        var rows = FirstRows(limit: 3, after: FirstRows.Place(keys: [1], ordinal: 5))
        for ordinal in [UInt32(9), 5, 4, 7, 6, 8] { rows.insert(1, [], ordinal, score: 0) }
        #expect(rows.sorted().map(\.ordinal) == [6, 7, 8] && rows.bound == 1)
        rows.insert(0, [], 1, score: 0)
        rows.insert(2, [], 1, score: 0)
        #expect(rows.sorted().map(\.ordinal) == [6, 7, 8])
    }
}
