import Mapping
import Query
import Shards
import Testing

/// Random parents and children, and the same joined by hand.
@Suite struct JoinAggregationTests {
    private struct Document {
        var parent: Int?
        var keyword: String
        var number: Int
    }

    @Test func bothWays() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var parser = try Documents(
            properties: #"{"j":{"type":"join","relations":{"p":["c","other"]}},"k":{"type":"keyword"},"n":{"type":"long"}}"#)
        var random = CountingRandom(state: 9)
        var documents: [Document] = []
        for index in 0..<200 {
            let parent = index < 40 ? nil : random.next(45)
            let document = Document(parent: parent, keyword: "k\(random.next(5))", number: random.next(20))
            let join = parent.map { #"{"name":"c","parent":"\#($0)"}"# } ?? #""p""#
            try await shard.write(
                try parser.index("\(index)", #"{"j":\#(join),"k":"\#(document.keyword)","n":\#(document.number)}"#))
            documents.append(document)
            if index % 61 == 0 { try await shard.refresh() }
        }
        try await shard.write(try parser.index("o", #"{"j":{"name":"other","parent":"1"},"k":"k0","n":3}"#))
        let view = try await shard.refresh()
        let planner = Planner(mapping: parser.mapping, now: 0)
        func counts(_ wanted: JoinAggregation.Wanted, type: String = "c", among keyword: String) throws -> (Int, Double) {
            let sum = Aggregation("s", .metric(.sum, field: "n", missing: nil))
            let plans = try planner.plan([Aggregation("j", .join(JoinAggregation(wanted, type: type)), subaggregations: [sum])])
            let query = try planner.plan(Query(.term(TermQuery(field: "k", value: .string(keyword)))))
            let found = try AggregationReduction().reduce(plans, [try view.search(query, limit: 0, aggregations: plans).aggregations])
            guard case .slots(let slots)? = found.first, let slot = slots.first, case .metric(let metric)? = slot.results.first else {
                return (-1, 0)
            }
            return (slot.count, metric.sum)
        }
        for key in 0..<5 {
            let keyword = "k\(key)"
            let parents = Set(documents.indices.filter { documents[$0].parent == nil && documents[$0].keyword == keyword })
            let children = documents.filter { $0.parent.map(parents.contains) == true }
            #expect(try counts(.children, among: keyword) == (children.count, Double(children.reduce(0) { $0 + $1.number })))
            // Some children's parents are nowhere.
            let owners = Set(documents.filter { $0.keyword == keyword }.compactMap(\.parent)).filter { $0 < 40 }
            #expect(try counts(.parents, among: keyword) == (owners.count, Double(owners.reduce(0) { $0 + documents[$1].number })))
            #expect(try counts(.children, type: "none", among: keyword).0 == 0)
        }
    }
}
