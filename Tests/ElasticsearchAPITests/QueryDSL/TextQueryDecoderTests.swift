import JSON
import Mapping
import Query
import Testing

@testable import ElasticsearchAPI

@Suite struct TextQueryDecoderTests {
    private func query(_ json: String) throws(ElasticsearchError) -> Query {
        try JSONBody.decode(json.utf8) { (root) throws(ParseError) in try QueryDecoder().query(root) }
    }

    private func kind(_ json: String) throws -> Query.Kind { try query(json).kind }

    @Test func match() throws {
        #expect(try kind(#"{"match":{"t":"a b"}}"#) == .match(MatchQuery(field: "t", text: .string("a b"))))
        var options = MatchOptions()
        options.needsAll = true
        options.minimumShouldMatch = MinimumShouldMatch("75%")
        options.fuzziness = .automatic
        options.prefixLength = 1
        options.isLenient = true
        options.matchesAllWithoutTerms = true
        #expect(
            try query(
                #"{"match":{"t":{"query":"a","operator":"AND","minimum_should_match":"75%","fuzziness":"AUTO","prefix_length":1,"lenient":true,"zero_terms_query":"all","boost":2,"_name":"n"}}}"#)
                == Query(.match(MatchQuery(field: "t", text: .string("a"), options: options)), boost: 2, name: "n"))
        #expect(
            try kind(#"{"match_phrase":{"t":{"query":"a b","slop":2}}}"#)
                == .match(MatchQuery(field: "t", text: .string("a b"), form: .phrase(slop: 2))))
        #expect(
            try kind(#"{"match_phrase_prefix":{"t":"a b"}}"#)
                == .match(MatchQuery(field: "t", text: .string("a b"), form: .phrasePrefix(slop: 0, expansions: 50))))
        #expect(
            try kind(#"{"match_bool_prefix":{"t":"a b"}}"#)
                == .match(MatchQuery(field: "t", text: .string("a b"), form: .boolPrefix)))
    }

    /// As haystack sends it: all fields.
    @Test func multiMatch() throws {
        var options = MatchOptions()
        options.fuzziness = .automatic
        #expect(
            try kind(#"{"multi_match":{"query":"a","fuzziness":"AUTO","type":"most_fields","operator":"OR"}}"#)
                == .multiMatch(MultiMatchQuery(fields: [], text: .string("a"), kind: .mostFields, options: options)))
        #expect(
            try kind(#"{"multi_match":{"query":"a","fields":["x^2.5","y*"],"tie_breaker":0.3}}"#)
                == .multiMatch(
                    MultiMatchQuery(
                        fields: [WeightedField("x", weight: 2.5), WeightedField("y*")], text: .string("a"), tieBreaker: 0.3)))
    }

    @Test func otherQueries() throws {
        #expect(
            try kind(#"{"prefix":{"t":{"value":"a","case_insensitive":true}}}"#)
                == .pattern(PatternQuery(field: "t", text: "a", kind: .prefix, isCaseInsensitive: true)))
        #expect(try kind(#"{"wildcard":{"t":"a*"}}"#) == .pattern(PatternQuery(field: "t", text: "a*", kind: .wildcard)))
        #expect(
            try kind(#"{"regexp":{"t":{"value":"a.*","flags":"NONE"}}}"#)
                == .pattern(PatternQuery(field: "t", text: "a.*", kind: .regexp(flags: "NONE", maximumStates: 10_000))))
        #expect(try kind(#"{"fuzzy":{"t":"abc"}}"#) == .fuzzy(FuzzyTermQuery(field: "t", value: .string("abc"))))
        #expect(
            try kind(#"{"dis_max":{"queries":[{"match_all":{}}],"tie_breaker":0.5}}"#)
                == .disMax([.matchAll], tieBreaker: 0.5))
        #expect(
            try kind(#"{"boosting":{"positive":{"match_all":{}},"negative":{"match_none":{}},"negative_boost":0.5}}"#)
                == .boosting(positive: .matchAll, negative: Query(.matchNone), negativeBoost: 0.5))
        #expect(try query(#"{"wrapper":{"query":"eyJtYXRjaF9hbGwiOnt9fQ=="}}"#) == .matchAll)
        #expect(
            try kind(#"{"geo_distance":{"distance":"2km","place":{"lat":1,"lon":2}}}"#)
                == .geo(GeoQuery(field: "place", shape: .circle(centre: try GeoPoint(latitude: 1, longitude: 2), radius: 2000))))
        let box = Query.Kind.geo(
            GeoQuery(
                field: "place",
                shape: .box(
                    topLeft: try GeoPoint(latitude: 40, longitude: -74), bottomRight: try GeoPoint(latitude: 30, longitude: -70))))
        #expect(try kind(#"{"geo_bounding_box":{"place":{"top_left":[-74,40],"bottom_right":{"lat":30,"lon":-70}}}}"#) == box)
        #expect(try kind(#"{"geo_bounding_box":{"place":{"wkt":"BBOX (-74, -70, 40, 30)"}}}"#) == box)
        #expect(try kind(#"{"geo_bounding_box":{"place":{"top":40,"left":-74,"bottom":30,"right":-70}}}"#) == box)
    }

    @Test func functionScore() throws {
        guard
            case .functionScore(let score) = try kind(
                #"{"function_score":{"query":{"match_all":{}},"score_mode":"sum","boost_mode":"replace","max_boost":9,"functions":[{"weight":2,"filter":{"exists":{"field":"a"}}},{"random_score":{"seed":7,"field":"_seq_no"}},{"field_value_factor":{"field":"n","factor":1.2,"modifier":"sqrt","missing":1}},{"gauss":{"d":{"origin":"now","scale":"10d","offset":"5d","decay":0.4},"multi_value_mode":"avg"}}]}}"#)
        else {
            Issue.record("another query")
            return
        }
        #expect(score.scoreMode == .sum && score.boostMode == .replace && score.maximumBoost == 9)
        #expect(score.functions.count == 4)
        #expect(score.functions[0] == .init(filter: Query(.exists(field: "a")), kind: .weight, weight: 2))
        #expect(score.functions[1].kind == .random(seed: 7, field: "_seq_no"))
        #expect(score.functions[2].kind == .fieldValue(FieldValueFunction(field: "n", factor: 1.2, modifier: .sqrt, missing: 1)))
        #expect(
            score.functions[3].kind
                == .decay(
                    DecayFunction(
                        shape: .gauss, field: "d", origin: .value(.string("now")), scale: .string("10d"), offset: .string("5d"),
                        decay: 0.4, multiValueMode: .avg)))
        #expect(try kind(#"{"function_score":{"random_score":{}}}"#) == .functionScore(FunctionScoreQuery(query: .matchAll, functions: [.init(kind: .random(seed: nil))])))
    }

    @Test(arguments: [
        #"{"match":{"t":{"operator":"and"}}}"#, #"{"match":{"t":{"query":"a","fuzziness":"9"}}}"#, #"{"match":{"t":["a"]}}"#,
        #"{"match":{"t":"a","u":"b"}}"#, #"{"match":{"t":{"query":"a","slop":1}}}"#, #"{"multi_match":{"fields":["a"]}}"#,
        #"{"multi_match":{"query":"a","type":"x"}}"#, #"{"multi_match":{"query":"a","fields":["a^x"]}}"#,
        #"{"multi_match":{"query":"a","type":"phrase","fuzziness":1}}"#, #"{"query_string":{"fields":["a"]}}"#,
        #"{"prefix":{"t":{"value":"a","flags":"ALL"}}}"#, #"{"prefix":{"t":{}}}"#, #"{"dis_max":{"queries":[]}}"#,
        #"{"boosting":{"positive":{"match_all":{}}}}"#, #"{"geo_distance":{"place":[1,2]}}"#,
        #"{"geo_distance":{"distance":"-1km","place":[1,2]}}"#, #"{"geo_distance":{"distance":"1parsec","place":[1,2]}}"#,
        #"{"geo_distance":{"distance":"1km","place":[1,200]}}"#, #"{"geo_bounding_box":{"place":{"top":1}}}"#,
        #"{"geo_bounding_box":{"place":{"top":1,"left":1,"bottom":2,"right":3}}}"#, #"{"function_score":{"functions":[{}]}}"#,
        #"{"function_score":{"gauss":{"d":{"scale":"1d","decay":1}}}}"#, #"{"wrapper":{"query":"e30="}}"#,
        #"{"wrapper":{"query":"!"}}"#, #"{"bool":{"minimum_should_match":"x"}}"#,
    ])
    func refused(json: String) {
        #expect(throws: ElasticsearchError.self) { try query(json) }
    }
}
