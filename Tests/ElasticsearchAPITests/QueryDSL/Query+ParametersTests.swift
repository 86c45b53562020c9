import Query
import Testing

@testable import ElasticsearchAPI

@Suite struct QueryParametersQueryTests {
    @Test func textsOfURLs() throws {
        #expect(try Query(QueryParameters([:])) == nil)
        #expect(try Query(QueryParameters(["q": "a:b"])) == Query(.queryString(QueryStringQuery(text: "a:b"))))
        var query = QueryStringQuery(text: "x y", fields: [WeightedField("t")])
        query.options.needsAll = true
        query.options.isLenient = true
        query.options.analyzer = "simple"
        let parameters = ["q": "x y", "df": "t", "default_operator": "AND", "lenient": "true", "analyzer": "simple"]
        #expect(try Query(QueryParameters(parameters)) == Query(.queryString(query)))
        let search = try SearchRequest(body: Array(#"{"query":{"match_none":{}}}"#.utf8), parameters: QueryParameters(["q": "x"]))
        #expect(search.search.query == Query(.queryString(QueryStringQuery(text: "x"))))
        #expect(throws: ElasticsearchError.self) { try Query(QueryParameters(["q": "x", "default_operator": "xor"])) }
    }
}
