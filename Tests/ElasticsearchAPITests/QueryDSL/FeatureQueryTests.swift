import Mapping
import Query
import Testing

@testable import ElasticsearchAPI

/// `rank_feature`, `distance_feature`, `sparse_vector` and its older forms.
struct FeatureQueryTests {
    private func feature(_ text: String) throws -> FeatureQuery? {
        guard case .feature(let feature)? = try query(text)?.kind else { return nil }
        return feature
    }

    @Test(arguments: [
        (#"{"field":"f"}"#, RankFeatureQuery.Function.saturation(pivot: nil)),
        (#"{"field":"f","saturation":{}}"#, .saturation(pivot: nil)), (#"{"field":"f","saturation":{"pivot":8}}"#, .saturation(pivot: 8)),
        (#"{"field":"f","log":{"scaling_factor":"4"}}"#, .log(factor: 4)),
        (#"{"field":"f","sigmoid":{"pivot":7,"exponent":0.6}}"#, .sigmoid(pivot: 7, exponent: 0.6)),
        (#"{"field":"f","linear":{}}"#, .linear),
    ])
    func functions(body: String, function: RankFeatureQuery.Function) throws {
        #expect(try feature(#"{"rank_feature":\#(body)}"#) == .rank(RankFeatureQuery(field: "f", function: function)))
    }

    @Test(arguments: [
        (#"{"rank_feature":{}}"#, "Required [field]"),
        (#"{"rank_feature":{"field":"f","linear":{},"log":{"scaling_factor":1}}}"#, "Can only specify one of [log], [saturation], [sigmoid] and [linear]"),
        (#"{"rank_feature":{"field":"f","log":{}}}"#, "Required [scaling_factor]"),
        (#"{"rank_feature":{"field":"f","saturation":{"pivot":0}}}"#, "pivot must be > 0, got: 0.0"),
        (#"{"rank_feature":{"field":"f","linear":{"pivot":1}}}"#, "unknown field [pivot]"),
        (#"{"distance_feature":{"field":"f"}}"#, "Required [origin], [pivot]"),
        (#"{"sparse_vector":{"field":"f"}}"#, "[sparse_vector] requires one of [query_vector] or [query] for sparse_vector fields"),
        (#"{"sparse_vector":{"field":"f","query_vector":{"a":-1}}}"#, "weight must be positive, got -1.0"),
        (#"{"sparse_vector":{"field":"f","query_vector":{},"pruning_config":{}}}"#, "[pruning_config] should only be set if [prune] is set to [true]"),
        (#"{"text_expansion":{"f":{"model_text":"x"}}}"#, "No model_id specified for model_id query"),
        (#"{"weighted_tokens":{"f":{"tokens":{}}}}"#, "No tokens specified for weighted_tokens query"),
        (#"{"range":{"f":{"gte":1,"relation":"near"}}}"#, "near is not a valid relation"),
    ])
    func refusals(text: String, reason: String) throws {
        let summary = try #require(failure { () throws(ElasticsearchError) in try query(text) }).summary
        #expect(summary.contains(reason), "\(summary)")
    }

    @Test func nearness() throws {
        let point = try GeoPoint(latitude: 41.12, longitude: -71.34)
        #expect(
            try feature(#"{"distance_feature":{"field":"f","origin":[-71.34,41.12],"pivot":"1km"}}"#)
                == .distance(DistanceFeatureQuery(field: "f", origin: .point(point), pivot: "1km")))
        #expect(
            try feature(#"{"distance_feature":{"field":"f","origin":"now","pivot":"7d"}}"#)
                == .distance(DistanceFeatureQuery(field: "f", origin: .value(.string("now")), pivot: "7d")))
    }

    @Test func tokens() throws {
        var sparse = SparseVectorQuery(field: "f", tokens: [.init("a", weight: 1.5), .init("b", weight: 2)])
        #expect(try feature(#"{"sparse_vector":{"field":"f","query_vector":{"a":1.5,"b":2}}}"#) == .sparse(sparse))
        sparse.prunes = false
        #expect(try feature(#"{"weighted_tokens":{"f":{"tokens":[{"a":1.5},{"b":2}]}}}"#) == .sparse(sparse))
        var pruning = SparseVectorQuery.Pruning()
        (pruning.frequencyRatio, pruning.weightRatio, pruning.keepsPruned) = (3, 0.1, true)
        (sparse.prunes, sparse.pruning) = (true, pruning)
        let given = #"{"tokens_freq_ratio_threshold":3,"tokens_weight_threshold":0.1,"only_score_pruned_tokens":true}"#
        #expect(
            try feature(#"{"sparse_vector":{"field":"f","query_vector":{"a":1.5,"b":2},"prune":true,"pruning_config":\#(given)}}"#)
                == .sparse(sparse))
        var asked = SparseVectorQuery(field: "f", tokens: [])
        asked.inference = .init(modelID: "m", text: "words")
        #expect(try feature(#"{"sparse_vector":{"field":"f","inference_id":"m","query":"words"}}"#) == .sparse(asked))
        asked.prunes = false
        #expect(try feature(#"{"text_expansion":{"f":{"model_id":"m","model_text":"words"}}}"#) == .sparse(asked))
    }

    @Test func relationsOfRanges() throws {
        guard case .range(let range)? = try query(#"{"range":{"f":{"gte":1,"relation":"WITHIN"}}}"#)?.kind else {
            Issue.record("no range")
            return
        }
        #expect(range.relation == .within)
    }
}
