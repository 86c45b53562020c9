import JSON
import Query
import Testing

@testable import ElasticsearchAPI

@Suite struct MoreAggregationDecoderTests {
    private func aggregations(_ json: String) throws(ElasticsearchError) -> [Aggregation] {
        try SearchRequest(body: Array(#"{"aggs":\#(json)}"#.utf8), parameters: QueryParameters([:])).search.aggregations
    }

    @Test func kinds() throws {
        #expect(
            try aggregations(#"{"x":{"percentiles":{"field":"f","percents":[99,1],"hdr":{"number_of_significant_value_digits":2},"keyed":false}}}"#)
                == [
                    Aggregation("x", .quantiles(QuantilesAggregation(field: "f", output: .percentiles([1, 99]), method: .histogram(digits: 2), isKeyed: false)))
                ])
        #expect(
            try aggregations(#"{"x":{"weighted_avg":{"value":{"field":"a","missing":1},"weight":{"field":"b"},"format":"0.0"}}}"#)
                == [
                    Aggregation(
                        "x", .weightedAverage(WeightedAverageAggregation(value: .init(field: "a", missing: .integer(1)), weight: .init(field: "b"), format: "0.0")))
                ])
        #expect(
            try aggregations(#"{"x":{"adjacency_matrix":{"separator":"+","filters":{"b":{"match_all":{}},"a":{"match_none":{}}}}}}"#)
                == [Aggregation("x", .adjacencyMatrix(AdjacencyMatrixAggregation(filters: [("a", Query(.matchNone)), ("b", Query(.matchAll))], separator: "+")))])
        var significant = SignificantTermsAggregation(field: "f", isOfTexts: true)
        significant.heuristic = .chiSquare(includesNegatives: true, backgroundIsSuperset: false)
        significant.skipsDuplicates = true
        #expect(
            try aggregations(
                #"{"x":{"significant_text":{"field":"f","chi_square":{"include_negatives":true,"background_is_superset":false},"filter_duplicate_text":true}}}"#)
                == [Aggregation("x", .significantTerms(significant))])
        #expect(
            try aggregations(#"{"x":{"geohash_grid":{"field":"p","precision":"1km"}}}"#)
                == [Aggregation("x", .geoGrid(GeoGridAggregation(field: "p", grid: .geohash(precision: 7))))])
        var terms = TermsAggregation(field: "f")
        terms.include = .partition(1, of: 4)
        terms.showsError = true
        #expect(
            try aggregations(#"{"x":{"terms":{"field":"f","include":{"partition":1,"num_partitions":4},"show_term_doc_count_error":true}}}"#)
                == [Aggregation("x", .terms(terms))])
        let path = try #require(AggregationPath("v"))
        let sort = BucketOrder(.metric("v", value: nil), isAscending: false)
        #expect(
            try aggregations(
                #"{"h":{"histogram":{"field":"f","interval":1},"aggs":{"v":{"sum":{"field":"n"}},"d":{"derivative":{"buckets_path":"v","gap_policy":"insert_zeros"}},"s":{"bucket_sort":{"sort":[{"v":{"order":"desc"}}],"size":3}}}}}"#
            ).first?.subaggregations.dropFirst().map(\.kind)
                == [
                    .pipeline(PipelineAggregation(.derivative(unit: nil), paths: [("_value0", path)], gapPolicy: .insertZeros)),
                    .pipeline(PipelineAggregation(.bucketSort([sort], from: 0, size: 3), paths: [])),
                ])
    }

    @Test(arguments: [
        #"{"x":{"percentiles":{"field":"f","percents":[101]}}}"#, #"{"x":{"percentiles":{"field":"f","percents":[]}}}"#,
        #"{"x":{"percentiles":{"field":"f","percents":["a"]}}}"#, #"{"x":{"percentiles":{"field":"f","hdr":{"number_of_significant_value_digits":6}}}}"#,
        #"{"x":{"percentile_ranks":{"field":"f"}}}"#, #"{"x":{"boxplot":{"field":"f","compression":0}}}"#, #"{"x":{"weighted_avg":{"value":{"field":"f"}}}}"#,
        #"{"x":{"random_sampler":{"probability":0.7},"aggs":{"y":{"max":{"field":"f"}}}}}"#, #"{"x":{"random_sampler":{"probability":0.1}}}"#,
        #"{"x":{"rare_terms":{"field":"f","max_doc_count":0}}}"#, #"{"x":{"rare_terms":{"field":"f","max_doc_count":101}}}"#,
        #"{"x":{"multi_terms":{"terms":[{"field":"f"}]}}}"#, #"{"x":{"auto_date_histogram":{"field":"f","buckets":0}}}"#,
        #"{"x":{"auto_date_histogram":{"field":"f","minimum_interval":"week"}}}"#, #"{"x":{"variable_width_histogram":{"field":"f","buckets":0}}}"#,
        #"{"x":{"adjacency_matrix":{"filters":{}}}}"#, #"{"x":{"geohash_grid":{"field":"f","precision":13}}}"#,
        #"{"x":{"geotile_grid":{"field":"f","precision":30}}}"#, #"{"x":{"geo_distance":{"field":"f","ranges":[{"to":1}]}}}"#,
        #"{"x":{"top_metrics":{"metrics":{"field":"f"}}}}"#, #"{"x":{"top_metrics":{"metrics":{"field":"f"},"sort":"s","size":11}}}"#,
        #"{"x":{"rate":{"unit":"fortnight"}}}"#, #"{"x":{"terms":{"field":"f","include":{"partition":3,"num_partitions":3}}}}"#,
        #"{"x":{"max_bucket":{"buckets_path":"nope>v"}}}"#, #"{"x":{"derivative":{"buckets_path":"v"}}}"#, #"{"x":{"max_bucket":{}}}"#,
        #"{"h":{"terms":{"field":"f"},"aggs":{"d":{"derivative":{"buckets_path":"_count"}}}}}"#,
        #"{"h":{"histogram":{"field":"f","interval":1,"min_doc_count":1},"aggs":{"d":{"cumulative_sum":{"buckets_path":"_count"}}}}}"#,
        #"{"h":{"histogram":{"field":"f","interval":1},"aggs":{"d":{"moving_fn":{"buckets_path":"_count","window":0,"script":"MovingFunctions.max(values)"}}}}}"#,
        #"{"h":{"histogram":{"field":"f","interval":1},"aggs":{"d":{"moving_fn":{"buckets_path":"_count","window":2,"script":"values["}}}}}"#,
        #"{"h":{"histogram":{"field":"f","interval":1},"aggs":{"d":{"bucket_sort":{}}}}}"#,
        #"{"h":{"histogram":{"field":"f","interval":1},"aggs":{"d":{"bucket_script":{"buckets_path":{"a":"_count"},"script":"params.a +"}}}}}"#,
        #"{"h":{"histogram":{"field":"f","interval":1},"aggs":{"d":{"normalize":{"buckets_path":"_count","method":"x"}}}}}"#,
        #"{"h":{"terms":{"field":"f"},"aggs":{"g":{"global":{}}}}}"#, #"{"x":{"serial_diff":{"buckets_path":"v","gap_policy":"x"}}}"#,
    ])
    func refused(json: String) {
        #expect(throws: ElasticsearchError.self) { try aggregations(json) }
    }
}
