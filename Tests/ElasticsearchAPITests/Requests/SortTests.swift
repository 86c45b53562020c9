import Indices
import JSON
import Query
import Testing

@testable import ElasticsearchAPI

@Suite struct SortTests {
    private static let wellFormed: [(String, [Sort.Clause])] = [
        (#""_doc""#, [Sort.Clause(.document, .ascending)]),
        (#"["_score"]"#, [Sort.Clause(.score, .descending)]),
        (#"[{"_score":"asc"},"_doc"]"#, [Sort.Clause(.score, .ascending), Sort.Clause(.document, .ascending)]),
        (#"{"_doc":{"order":"desc"}}"#, [Sort.Clause(.document, .descending)]),
        (
            #"[{"price":{"order":"desc","missing":"_last","unmapped_type":"long","mode":"min"}},"name"]"#,
            [
                Sort.Clause(
                    .field(FieldSort(name: "price", missing: .string("_last"), mode: "min", unmappedType: "long")), .descending),
                Sort.Clause(.field(FieldSort(name: "name")), .ascending),
            ]
        ),
    ]

    @Test(arguments: wellFormed)
    func forms(_ text: String, _ expected: [Sort.Clause]) throws {
        #expect(try search(#"{"sort":\#(text)}"#).sort?.clauses == expected)
    }

    @Test func url() throws {
        let found = try search(#"{"sort":"_doc"}"#, ["sort": "_score:asc,name:desc"]).sort
        #expect(found?.clauses == [Sort.Clause(.score, .ascending), Sort.Clause(.field(FieldSort(name: "name")), .descending)])
    }

    @Test func pointInTimeBreaksTies() throws {
        let found = try search(#"{"pit":{"id":"x"},"sort":["name"]}"#)
        #expect(found.sort?.clauses.last == Sort.Clause(.shardDocument, .ascending))
        let after = try search(#"{"pit":{"id":"x"},"sort":["name"],"search_after":["a"]}"#)
        #expect(after.sort?.clauses.count == 1)
        #expect(after.searchAfter == [.value(.string("a"))])
        #expect(try search(#"{"pit":{"id":"x"},"sort":["_doc"]}"#).sort?.clauses.count == 1)
    }

    @Test(arguments: [
        (#"{"sort":["_shard_doc"]}"#, "Validation Failed: 1: [_shard_doc] sort field cannot be used without [point in time];"),
        (
            #"{"sort":["_doc"],"search_after":[1],"from":2}"#,
            "Validation Failed: 1: [from] parameter must be set to 0 when [search_after] is used;"
        ),
        (#"{"sort":[{"a":"up"}]}"#, "No enum constant org.elasticsearch.search.sort.SortOrder.UP"),
        (#"{"sort":[{"_geo_distance":{}}]}"#, "no points provided for _geo_distance sort."),
        (#"{"search_after":[]}"#, "Values must contains at least one value."),
        (#"{"pit":{}}"#, "point int time id is not provided"),
    ])
    func refuses(_ body: String, _ reason: String) {
        #expect(failure { () throws(ElasticsearchError) in try search(body) }?.cause.reason == reason)
    }

    @Test(arguments: [
        (#"{"size":0,"from":0}"#, "Validation Failed: 1: [size] cannot be [0] in a scroll context;"),
        (#"{"from":1}"#, "Validation Failed: 1: using [from] is not allowed in a scroll context;"),
        (#"{"track_total_hits":false}"#, "Validation Failed: 1: disabling [track_total_hits] is not allowed in a scroll context;"),
        (#"{"pit":{"id":"x"}}"#, "Validation Failed: 1: using [point in time] is not allowed in a scroll context;"),
    ])
    func scrollRefuses(_ body: String, _ reason: String) {
        #expect(failure { () throws(ElasticsearchError) in try search(body, ["scroll": "1m"]) }?.cause.reason == reason)
    }

    @Test func pointInTimeNamesItsIndices() {
        let error = failure { () throws(ElasticsearchError) in
            try SearchRequest(body: Array(#"{"pit":{"id":"x"}}"#.utf8), parameters: QueryParameters(), isIndexGiven: true)
        }
        #expect(error?.cause.reason?.hasPrefix("Validation Failed: 1: [indices] cannot be used with point in time.") == true)
    }

    @Test func storedFields() throws {
        let found = try search(#"{"stored_fields":["a","_routing"]}"#)
        #expect(found.fetch.storedFields == ["a"] && found.fetch.source == .none)
        #expect(try search(#"{"stored_fields":["a","_source"]}"#).fetch.source == .all)
        #expect(try search(#"{"_source":true,"stored_fields":"a"}"#).fetch.source == .all)
        #expect(try search(nil, ["stored_fields": "a"]).fetch.source == .none)
    }

    @Test func excludingVectors() throws {
        let found = try search(#"{"_source":{"exclude_vectors":true}}"#)
        #expect(found.fetch.source == .all && found.fetch.excludesVectors)
        #expect(try search(nil, ["_source_exclude_vectors": "true"]).fetch.excludesVectors)
    }

    @Test func termsLookup() throws {
        let lookup = DocumentLookup(index: "i", id: "1", path: "a.b", routing: "r")
        #expect(
            try query(#"{"terms":{"f":{"index":"i","id":1,"path":"a.b","routing":"r"}}}"#)?.kind
                == .terms(TermsQuery(field: "f", values: [], lookup: lookup)))
        let error = failure { () throws(ElasticsearchError) in try query(#"{"terms":{"f":{"index":"i"}}}"#) }
        #expect(error?.cause.reason == "Required [id, path]")
    }
}
