import JSON
import Query
import Testing

@testable import ElasticsearchAPI

@Suite struct AggregationDecoderTests {
    private func aggregations(_ json: String) throws(ElasticsearchError) -> [Aggregation] {
        try SearchRequest(body: Array(#"{"aggs":\#(json)}"#.utf8), parameters: QueryParameters([:])).search.aggregations
    }

    @Test func kinds() throws {
        var terms = TermsAggregation(field: "f")
        terms.size = 5
        terms.order = [BucketOrder(.metric("a", value: "max"), isAscending: false), BucketOrder(.key, isAscending: true)]
        terms.include = .values([.string("x")])
        terms.exclude = .pattern("y.*")
        let inner = Aggregation("a", .metric(.stats, field: "n", missing: nil))
        #expect(
            try aggregations(
                #"{"t":{"terms":{"field":"f","size":5,"order":[{"a.max":"desc"},{"_key":"asc"}],"include":["x"],"exclude":"y.*"},"aggs":{"a":{"stats":{"field":"n"}}},"meta":{"m":1}}}"#)
                == [Aggregation("t", .terms(terms), subaggregations: [inner], meta: ["m": 1])])
        #expect(try aggregations(#"{"m":{"missing":{"field":"f"}},"g":{"global":{}}}"#) == [Aggregation("m", .missing(field: "f")), Aggregation("g", .global)])
        var dates = DateHistogramAggregation(field: "d", interval: .month)
        dates.offset = -3_600_000
        dates.timeZone = "+09:00"
        dates.format = "yyyy"
        #expect(
            try aggregations(
                #"{"d":{"date_histogram":{"field":"d","calendar_interval":"1M","offset":"-1h","time_zone":"+09:00","format":"yyyy"}}}"#)
                == [Aggregation("d", .dateHistogram(dates))])
        #expect(
            try aggregations(#"{"c":{"composite":{"size":3,"sources":[{"s":{"terms":{"field":"f","order":"desc"}}}],"after":{"s":"x"}}}}"#)
                == [
                    Aggregation(
                        "c",
                        .composite(
                            {
                                var source = CompositeAggregation.Source(name: "s", field: "f", kind: .terms)
                                source.isAscending = false
                                return CompositeAggregation(sources: [source], size: 3, after: ["s": .string("x")])
                            }()))
                ])
    }

    @Test(arguments: [
        #"{"x":{}}"#, #"{"x":{"terms":{}}}"#, #"{"x":{"nope":{"field":"f"}}}"#, #"{"x":{"terms":{"field":"f","size":0}}}"#,
        #"{"x":{"terms":{"field":"f"},"avg":{"field":"f"}}}"#, #"{"x":{"avg":{"field":"f"},"aggs":{"y":{"avg":{"field":"f"}}}}}"#,
        #"{"x":{"histogram":{"field":"f","interval":0}}}"#, #"{"x":{"date_histogram":{"field":"f"}}}"#,
        #"{"x":{"date_histogram":{"field":"f","calendar_interval":"3M"}}}"#, #"{"x":{"range":{"field":"f"}}}"#,
        #"{"a[b]":{"avg":{"field":"f"}}}"#, #"{"x":{"composite":{"sources":[]}}}"#, #"{"x":{"filters":{"filters":{}}}}"#,
        #"{"x":{"top_hits":{"size":101}}}"#, #"[]"#, #"{"x":[]}"#, #"{"x":{"terms":{"field":"f","order":{"_count":"up"}}}}"#,
    ])
    func refused(json: String) {
        #expect(throws: ElasticsearchError.self) { try aggregations(json) }
    }

    @Test func depthIsBounded() {
        let deep = String(repeating: #"{"x":{"global":{},"aggs":"#, count: 100) + "{}" + String(repeating: "}}", count: 100)
        #expect(throws: ElasticsearchError.self) { try aggregations(deep) }
    }
}
