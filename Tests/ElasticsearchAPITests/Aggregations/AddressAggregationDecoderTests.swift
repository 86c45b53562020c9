import JSON
import Mapping
import Query
import Testing

@testable import ElasticsearchAPI

@Suite struct AddressAggregationDecoderTests {
    private func kind(_ body: String) throws -> Aggregation.Kind? {
        let text = #"{"aggs":{"a":\#(body)}}"#
        return try SearchRequest(body: Array(text.utf8), parameters: QueryParameters()).search.aggregations.first?.kind
    }

    @Test func spansOfAddresses() throws {
        let found = try kind(
            #"{"ip_range":{"field":"f","keyed":true,"ranges":[{"to":"10.0.0.5"},{"key":"k","from":null,"to":"::1"},{"mask":"10.0.0.0/25"}]}}"#)
        guard case .addressRange(let range)? = found else { Issue.record("\(String(describing: found))"); return }
        #expect(range.isKeyed && range.ranges.map(\.key) == [nil, "k", "10.0.0.0/25"])
        #expect(range.ranges[2].from == IPAddress("10.0.0.0") && range.ranges[2].to == IPAddress("10.0.0.128"))
    }

    @Test func networks() throws {
        let found = try kind(#"{"ip_prefix":{"field":"f","prefix_length":64,"is_ipv6":true,"append_prefix_length":true,"min_doc_count":2}}"#)
        guard case .addressPrefix(let prefix)? = found else { Issue.record("\(String(describing: found))"); return }
        #expect(prefix.length == 64 && prefix.isVersion6 && prefix.appendsLength && prefix.minimumCount == 2)
    }

    @Test(arguments: [
        #"{"ip_range":{"field":"f"}}"#, #"{"ip_range":{"ranges":[{"to":"10.0.0.5"}]}}"#, #"{"ip_range":{"field":"f","ranges":[{"to":"x"}]}}"#,
        #"{"ip_range":{"field":"f","ranges":[{"mask":"10.0.0.0/99"}]}}"#, #"{"ip_prefix":{"field":"f"}}"#,
        #"{"ip_prefix":{"field":"f","prefix_length":33}}"#, #"{"ip_prefix":{"field":"f","prefix_length":129,"is_ipv6":true}}"#,
        #"{"ip_prefix":{"field":"f","prefix_length":16,"min_doc_count":0}}"#, #"{"matrix_stats":{}}"#, #"{"matrix_stats":{"fields":["a"],"mode":"x"}}"#,
        #"{"matrix_stats":{"fields":["a"]},"aggs":{"b":{"avg":{"field":"c"}}}}"#,
    ])
    func refused(body: String) {
        #expect(throws: ElasticsearchError.self) { try kind(body) }
    }
}
