internal import Indices
internal import JSON
internal import Query
internal import Shards
internal import VectorIndex

extension SearchProfile {
    /// `profile` of a `_search` answer, in Elasticsearch's shape: for each shard the searches, under `dfs` what each top-level `knn`
    /// took, and how the winners were read.
    ///
    /// What is not measured of a part is shown as the least that is more than nothing. How vectors were looked for, and what each way
    /// was predicted to cost, stands in `debug` of the part it belongs to.
    var json: JSONValue { ["shards": .array(shards.map(\.json))] }
}

extension SearchProfile.Shard {
    fileprivate var json: JSONValue {
        var members: JSONMembers = [
            "id": .string("[\(nodeID)][\(index)][\(number)]"), "node_id": .string(nodeID), "shard_id": .int(number),
            "index": .string(index), "cluster": "(local)",
        ]
        var dfs = JSONMembers()
        if collectsStatistics {
            let names = ["create_weight", "rewrite", "term_statistics", "collection_statistics"]
            dfs["statistics"] = [
                "type": "statistics", "description": "collect term statistics", "time_in_nanos": 0,
                "breakdown": .object(names.flatMap { [($0, JSONValue.int(0)), ($0 + "_count", .int(0))] }.members),
            ]
        }
        let nearest = nearest.compactMap(\.self)
        if !nearest.isEmpty { dfs["knn"] = .array(nearest.map { $0.json(collector: "TopScoreDocCollector") }) }
        if !dfs.isEmpty { members["dfs"] = .object(dfs) }
        members["searches"] = .array([query.json(collector: "QueryPhaseCollector")])
        members["aggregations"] = .array(aggregations.filter(\.isGathered).map { $0.profile(documents: query.documents) })
        if let reading { members["fetch"] = reading.json }
        return .object(members)
    }
}

extension SearchProfile.Phase {
    fileprivate func json(collector: String) -> JSONValue {
        let time = max(1, nanoseconds)
        var query: JSONMembers
        if let plan {
            query = plan.profile(nanoseconds: time, documents: documents)
        } else {
            query = QueryPlan.profile("DocAndScoreQuery", description, nanoseconds: time, documents: documents)
        }
        if !work.isEmpty { query["debug"] = ["vector_searches": .array(work.map(\.json))] }
        var members = JSONMembers()
        if !work.isEmpty { members["vector_operations_count"] = .int(work.reduce(0) { $0 + $1.comparisons }) }
        members["query"] = .array([.object(query)])
        members["rewrite_time"] = 1
        members["collector"] = [["name": .string(collector), "reason": "search_top_hits", "time_in_nanos": 1]]
        return .object(members)
    }

    /// As Lucene writes documents whose scores are known.
    private var description: String {
        guard let first, let maximumScore else { return "MatchNoDocsQuery(\"\")" }
        return "DocAndScoreQuery[\(first.ordinal),...][\(first.score),...],\(maximumScore)"
    }
}

extension AggregationPlan {
    /// Whether shards gather it, and not the one who brings them together.
    fileprivate var isGathered: Bool { if case .pipeline = kind { false } else { true } }

    fileprivate func profile(documents: Int) -> JSONValue {
        let steps = ["initialize", "build_leaf_collector", "collect", "post_collection", "build_aggregation", "reduce"]
        var breakdown = JSONMembers()
        for step in steps {
            breakdown[step] = step == "reduce" ? 0 : 1
            breakdown[step + "_count"] = .int(step == "collect" ? documents : step == "reduce" ? 0 : 1)
        }
        var members: JSONMembers = [
            "type": .string(aggregatorName), "description": .string(name), "time_in_nanos": 1, "breakdown": .object(breakdown),
        ]
        let children = subplans.filter(\.isGathered)
        if !children.isEmpty { members["children"] = .array(children.map { $0.profile(documents: documents) }) }
        return .object(members)
    }

    private var aggregatorName: String {
        switch kind {
        case .terms: "GlobalOrdinalsStringTermsAggregator"
        case .composite: "CompositeAggregator"
        case .ranges: "RangeAggregator"
        case .histogram: "NumericHistogramAggregator"
        case .filter, .filters: "FiltersAggregator"
        case .missing: "MissingAggregator"
        case .global: "GlobalAggregator"
        case .cardinality: "CardinalityAggregator"
        case .metric(.extendedStats, _, _, _): "ExtendedStatsAggregator"
        case .metric(.valueCount, _, _, _): "ValueCountAggregator"
        case .metric(let metric, _, _, _): metric.rawValue.prefix(1).uppercased() + metric.rawValue.dropFirst() + "Aggregator"
        case .topHits: "TopHitsAggregator"
        case .nested: "NestedAggregator"
        case .reverseNested: "ReverseNestedAggregator"
        default: "Aggregator"
        }
    }
}

extension SearchProfile.Reading {
    /// How winners were read, by Elasticsearch's sub phases.
    fileprivate var json: JSONValue {
        let time = max(1, nanoseconds)
        var phases: [JSONValue] = []
        if !isEmpty {
            phases.append(phase("FetchFieldsPhase"))
            if hasSource { phases.append(phase("FetchSourcePhase", ["fast_path": .int(documents)])) }
            if hasInnerHits { phases.append(phase("InnerHitsPhase")) }
            phases.append(phase("StoredFieldsPhase"))
        }
        var members: JSONMembers = [
            "type": "fetch", "description": "", "time_in_nanos": .int(time),
            "breakdown": [
                "load_source": .int(time), "load_source_count": .int(documents), "load_stored_fields": .int(time),
                "load_stored_fields_count": .int(documents), "next_reader": .int(time), "next_reader_count": 1,
            ], "debug": ["stored_fields": isEmpty ? [] : ["_id", "_routing", "_source"]],
        ]
        if !phases.isEmpty { members["children"] = .array(phases) }
        return .object(members)
    }

    private func phase(_ type: String, _ debug: JSONValue? = nil) -> JSONValue {
        let time = max(1, nanoseconds / 4)
        var members: JSONMembers = [
            "type": .string(type), "description": "", "time_in_nanos": .int(time),
            "breakdown": ["process": .int(time), "process_count": .int(documents), "next_reader": .int(time), "next_reader_count": 1],
        ]
        if let debug { members["debug"] = debug }
        return .object(members)
    }
}

extension VectorWork {
    fileprivate var json: JSONValue {
        var members: JSONMembers = [
            "field": .string(field), "strategy": .string(strategy.rawValue), "vector_operations_count": .int(comparisons),
        ]
        if let predicted {
            members["predicted_cost"] = ["graph": .double(predicted.graph), "exact": .double(predicted.exact)]
        }
        return .object(members)
    }
}
