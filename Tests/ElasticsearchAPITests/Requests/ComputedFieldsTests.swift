import JSON
import Mapping
import Query
import Scripts
import Testing

@testable import ElasticsearchAPI

/// Scripts of a search's sort, aggregations, fields and queries.
@Suite struct ComputedFieldsTests {
    private func search(_ text: String) throws(ElasticsearchError) -> Search {
        try SearchRequest(body: Array(text.utf8), parameters: QueryParameters()).search
    }

    private func reason(_ text: String) -> String? {
        do throws(ElasticsearchError) {
            _ = try search(text)
            return nil
        } catch {
            return error.rootCause?.reason ?? error.cause.reason
        }
    }

    @Test func sorts() throws {
        let search = try search(
            #"{"sort":["_score",{"_script":{"type":"string","script":"'x'","order":"desc"}},{"_geo_distance":{"p":["1,2","3,4"],"unit":"km","mode":"avg","distance_type":"plane","ignore_unmapped":true}}]}"#)
        let clauses = try #require(search.sort?.clauses)
        #expect(clauses.map(\.order) == [.descending, .descending, .ascending])
        #expect(search.computed.map(\.name) == ["_sort:1", "_sort:2"])
        #expect(search.computed.map(\.type) == ["keyword", "double"])
        guard case .distance(let distance)? = search.computed.last?.kind else {
            Issue.record("no distance")
            return
        }
        #expect(distance.places.count == 2)
        #expect(distance.unit == 1000)
        #expect(distance.isPlane && distance.ignoresUnmapped)
    }

    @Test func aggregations() throws {
        let search = try search(
            #"{"aggs":{"a":{"avg":{"script":"1"}},"t":{"terms":{"field":"k","script":"_value"},"aggs":{"m":{"max":{"field":"n"}}}},"d":{"terms":{"script":"2","value_type":"long"}}}}"#)
        #expect(search.computed.count == 3)
        #expect(search.computed.map(\.type) == ["double", nil, "long"])
        guard case .changed(field: "k", .inline(Script("_value")))? = search.computed.dropFirst().first?.kind else {
            Issue.record("\(search.computed)")
            return
        }
        guard case .terms(let terms)? = search.aggregations.dropFirst().first?.kind else {
            Issue.record("no terms")
            return
        }
        #expect(terms.field == "_agg:1")
        #expect(search.aggregations.dropFirst().first?.subaggregations.map(\.name) == ["m"])
    }

    @Test func fields() throws {
        let search = try search(
            #"{"script_fields":{"a":{"script":"1","ignore_failure":true}},"runtime_mappings":{"r":{"type":"long"}},"query":{"script":{"script":{"id":"s","params":{"x":1}}}}}"#)
        #expect(search.fetch.scriptFields == [ScriptField(name: "a", script: .inline(Script("1")), ignoresFailure: true)])
        #expect(search.fetch.source == .none)
        #expect(search.runtime["r"] != nil)
        #expect(search.query?.kind == .script(.stored(id: "s", parameters: ScriptParameters(["x": 1]))))
    }

    @Test func termsSet() throws {
        let search = try search(#"{"query":{"terms_set":{"f":{"terms":["a",1],"minimum_should_match":"50%","boost":2}}}}"#)
        guard case .termsSet(let query)? = search.query?.kind else {
            Issue.record("no terms_set")
            return
        }
        #expect(query.terms == [.string("a"), .integer(1)])
        #expect(search.query?.boost == 2)
    }

    @Test(arguments: [
        (#"{"query":{"script":{}}}"#, "script must be provided with a [script] query filter"),
        (#"{"query":{"script":{"script":["1"]}}}"#, "does not support an array of scripts"),
        (#"{"query":{"script":{"zz":1}}}"#, "[script] query does not support [zz]"),
        (#"{"query":{"terms_set":{"f":{"terms":["a"]}}}}"#, "No minimum should match has been specified"),
        (#"{"query":{"terms_set":{"f":{"terms":["a"],"zz":1}}}}"#, "[terms_set] query does not support [zz]"),
        (#"{"query":{"function_score":{"script_score":{}}}}"#, "script_score requires 'script' field"),
        (#"{"sort":{"_script":{"script":"1"}}}"#, "Required [type]"),
        (#"{"sort":{"_script":{"script":"1","type":"zz"}}}"#, "Unknown ScriptSortType [zz]"),
        (#"{"sort":{"_script":{"script":"1","type":"string","mode":"avg"}}}"#, "script sort of type [string] doesn't support mode [avg]"),
        (#"{"sort":{"_geo_distance":{"p":"1,2","mode":"sum"}}}"#, "sort_mode [sum] isn't supported for sorting by geo distance"),
        (#"{"sort":{"_geo_distance":{"order":"asc"}}}"#, "no points provided"),
        (#"{"runtime_mappings":{"a":{"type":"composite"}}}"#, "composite runtime field [a] must declare its [script]"),
    ])
    func refuses(_ text: String, _ expected: String) {
        #expect(reason(text)?.contains(expected) == true, "\(reason(text) ?? "accepted")")
    }

    @Test func tooManyScriptFields() {
        let fields = (0...32).map { #""f\#($0)":{"script":"1"}"# }.joined(separator: ",")
        #expect(reason(#"{"script_fields":{\#(fields)}}"#)?.contains("Must be less than or equal to: [32] but was [33]") == true)
    }
}
