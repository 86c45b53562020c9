internal import FieldIndex
internal import Files
internal import Foundation
internal import JSON
internal import Logging
internal import Mapping
internal import Ordinals
internal import Query
internal import Scripts
internal import Shards

/// Measures a shard's field index.
struct FieldsBenchmark {
    let documents: Int
    let bulk: Int
    let rounds: Int
    let directory: String
    private let mapping: Mapping

    init(documents: Int, bulk: Int, rounds: Int, directory: String) throws {
        self.documents = documents
        self.bulk = bulk
        self.rounds = rounds
        self.directory = directory
        mapping = try Mapping(decoding: JSONDocument(parsing: #"{"properties":\#(MadeUpDocuments.properties)}"#).root)
    }

    func run() async throws -> JSONValue {
        let path = Path.join(directory, "shard")
        try Shard.create(in: path)
        var shard = try openShard(path)
        let (writing, processing) = try await write(to: shard)
        let refreshing = try await Self.seconds { try await shard.refresh() }
        let flushing = try await Self.seconds { try await shard.flush() }
        let bytes = Directory.allocatedBytes(Path.join(path, "fields"))
        let crashed = shard
        let opening = try await Self.seconds { shard = try openShard(path) }
        var members: [(String, JSONValue)] = [
            ("documents", .int(documents)), ("documents_per_second", .double((Double(documents) / writing).rounded())),
            ("processor_us_per_document", .double((processing / Double(documents) * 1e7).rounded() / 10)),
            ("refresh_ms", .double(Self.milliseconds(refreshing))), ("flush_ms", .double(Self.milliseconds(flushing))),
            ("open_ms", .double(Self.milliseconds(opening))), ("field_index_bytes", .int(bytes)),
            ("segments", .int(shard.view.fields.segments.count)), ("several_segments", try queries(shard.view)),
        ]
        let merging = try await Self.seconds { try await shard.forceMerge() }
        members.append(("merge_ms", .double(Self.milliseconds(merging))))
        members.append(("one_segment", try queries(shard.view)))
        withExtendedLifetime(crashed) {}
        return .object(JSONMembers(members))
    }

    private func openShard(_ path: String) throws -> Shard {
        try Shard(directory: path, mapping: mapping, logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
    }

    /// - Returns: seconds of parsing and writing, and those of all processors together; making the documents up is not counted.
    private func write(to shard: Shard) async throws -> (seconds: Double, processing: Double) {
        var source = MadeUpDocuments(seed: 1)
        var seconds = 0.0
        var processing = 0.0
        var done = 0
        let parser = DocumentParser(mapping: mapping)
        while done < documents {
            var bulks: [[(id: String, source: [UInt8])]] = []
            for _ in 0..<8 where done < documents {
                let count = min(bulk, documents - done)
                bulks.append((0..<count).map { _ in source.next() })
                done += count
            }
            let work = bulks
            let before = Self.processorSeconds
            seconds += try await Self.seconds {
                try await withThrowingTaskGroup { group in
                    for lane in 0..<2 {
                        group.addTask {
                            for index in stride(from: lane, to: work.count, by: 2) {
                                let operations = try work[index].map { document in
                                    ShardOperation(id: document.id, action: .index(try parser.parse(document.source)))
                                }
                                for result in await shard.write(operations) { _ = try result.get() }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                // As the scheduled refresh does.
                try await shard.refresh()
            }
            processing += Self.processorSeconds - before
        }
        return (seconds, processing)
    }

    private func queries(_ view: ShardView) throws -> JSONValue {
        let middle = QueryPlan.range(field: "number", range: .longs(200_000...700_000))
        func term(_ word: String) -> QueryPlan { .term(field: "text", value: .term(word), scoring: .bm25) }
        let category = QueryPlan.term(field: "category", value: .term("category-7"), scoring: .constant)
        func search(_ plan: QueryPlan) -> () throws -> Int { { try view.search(plan, limit: 10).total } }
        let planner = Planner(mapping: mapping, now: 0)
        func scored(by source: String) throws -> () throws -> Int {
            let query = ScriptScoreQuery(query: .matchAll, script: .inline(Script(source)))
            return search(try planner.plan(Query(.scriptScore(query))))
        }
        let passing = try planner.plan(Query(.script(.inline(Script("doc['number'].value % 7 > 2")))))
        let twice = ComputedField(name: "twice", type: "double", kind: .script(.inline(Script("doc['number'].value * 2"))))
        var bySort = Search(sort: Sort([.init(.field(FieldSort(name: "twice")), .descending)]))
        bySort.computed = [twice]
        let byScript = try Planner(mapping: mapping, now: 0, computed: [twice]).plan(bySort)
        func sorted(by field: String, _ direction: Sort.Order) throws -> () throws -> Int {
            let sort = Sort([.init(.field(FieldSort(name: field)), direction)])
            let order = try Planner(mapping: mapping, now: 0).plan(Search(sort: sort)).order
            return { try view.search(.matchAll, limit: 10, order: order).total }
        }
        let runs: [(name: String, run: () throws -> Int)] = [
            ("term_and_range_filter", search(.bool(BoolPlan(filter: [category, middle])))),
            ("range", search(middle)), ("narrow_range", search(.range(field: "number", range: .longs(500_000...501_000)))),
            ("common_term_top_10", search(term("common1"))), ("rare_term_top_10", search(term("common99"))),
            ("any_of_3_terms_top_10", search(.bool(BoolPlan(should: ["common1", "common2", "common50"].map(term), minimumShouldMatch: 1)))),
            ("all_of_2_terms_top_10", search(.bool(BoolPlan(must: ["common1", "common2"].map(term))))),
            ("filtered_term_top_10", search(.bool(BoolPlan(must: [term("common1")], filter: [category])))),
            ("phrase", search(.phrase(PhraseQuery(field: "text", terms: ["common1", "common2"])))),
            ("sloppy_phrase", search(.phrase(PhraseQuery(field: "text", terms: ["common1", "common2"], slop: 2)))),
            ("prefix", search(.matchingTerms(field: "serial", .prefix("s77")))),
            ("wildcard", search(.matchingTerms(field: "text", .wildcard("c*m?on5*")))),
            ("regexp", search(.matchingTerms(field: "text", try .regexp("co[lm]+on<1-20>")))),
            ("fuzzy", search(.fuzzy(FuzzyQuery(field: "text", term: "comon17", edits: 1)))),
            ("geo_distance", search(.geoCircle(field: "place", GeoCircle(latitude: 48, longitude: 9, radius: 500_000)))),
            ("geo_bounding_box", search(.geoBox(field: "place", GeoBox(top: 60, left: -20, bottom: 20, right: 40)))),
            ("exists", search(.exists(fields: ["text"]))),
            ("terms_aggregation", { view.keywords("category")?.counts(of: view.documents).max() ?? 0 }),
            ("sum_of_numbers", { Self.sum(view) }), ("top_10_by_number", { Self.top(view) }),
            ("score_by_script_of_a_number", try scored(by: "doc['number'].value * 0.5 + _score")),
            ("score_by_script_with_a_guard", try scored(by: "doc['number'].size() == 0 ? 0 : Math.log(2 + doc['number'].value)")),
            ("score_by_script_of_each_document", try scored(by: "doc['category'].value.length() + doc['number'].value")),
            ("filter_by_script", search(passing)),
            (
                "sort_by_script",
                {
                    try view.search(.matchAll, limit: 10, order: byScript.order, derived: byScript.derived, mapping: byScript.mapping).total
                }
            ),
            ("sort_by_number", try sorted(by: "number", .descending)), ("sort_by_keyword", try sorted(by: "category", .ascending)),
        ]
        // Numbering the keywords of all segments is done once for a view.
        _ = view.keywords("category")
        var times = [[Double]](repeating: [], count: runs.count)
        var results = [Int](repeating: 0, count: runs.count)
        for _ in 0..<rounds {
            for (index, run) in runs.enumerated() {
                let begin = ContinuousClock.now
                results[index] = try run.run()
                times[index].append((ContinuousClock.now - begin) / .seconds(1))
            }
        }
        return .object(
            JSONMembers(
                zip(runs, zip(times, results)).map { run, measured in
                    let sorted = measured.0.sorted()
                    return (
                        run.name,
                        .object([
                            "best_ms": .double(Self.milliseconds(sorted[0])),
                            "median_ms": .double(Self.milliseconds(sorted[sorted.count / 2])), "result": .int(measured.1),
                        ])
                    )
                }))
    }

    private static func sum(_ view: ShardView) -> Int {
        var sum: Int64 = 0
        for column in view.fields.numbers("number") {
            column.forEachBlock(of: view.documents) { _, values in for value in values { sum &+= value } }
        }
        return Int(sum)
    }

    private static func top(_ view: ShardView) -> Int {
        var best: [(value: Int64, ordinal: UInt32)] = []
        var floor = Int64.min
        for column in view.fields.numbers("number") {
            column.forEachBlock(of: view.documents) { ordinals, values in
                for index in values.indices where values[index] > floor {
                    best.append((values[index], ordinals[index]))
                    best.sort { $0.value > $1.value }
                    if best.count > 10 { best.removeLast() }
                    if best.count == 10 { floor = best[9].value }
                }
            }
        }
        return Int(best.last?.value ?? 0)
    }

    /// What this process took of all processors: other programs on the machine do not change it.
    private static var processorSeconds: Double { Double(clock()) / 1e6 }

    private static func seconds(_ body: () async throws -> Void) async rethrows -> Double {
        let begin = ContinuousClock.now
        try await body()
        return (ContinuousClock.now - begin) / .seconds(1)
    }

    private static func milliseconds(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e3 }
}
