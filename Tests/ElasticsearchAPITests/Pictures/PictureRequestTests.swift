import Indices
import JSON
import Query
import Testing

@testable import ElasticsearchAPI

@Suite struct PictureRequestTests {
    @Test func fieldsOfTheDocumentStandInTheURL() throws {
        let request = try ImageIndexRequest(
            QueryParameters(["doc.caption": "a cat", "doc.place.name": "Kyoto", "keep": "false", "refresh": "", "model": "m"]))
        #expect(request.fields == ["caption": "a cat", "place.name": "Kyoto"])
        #expect(!request.keepsOriginal && request.model == "m" && request.refresh == .immediate)
        let specification = Endpoint.clipsearchIndexImage.specification
        try specification.check(QueryParameters(["doc.caption": "a"]), path: "/a/_image")
        #expect(throws: ElasticsearchError.self) { try specification.check(QueryParameters(["dok.caption": "a"]), path: "/a/_image") }
    }

    @Test func aPictureSearchIsANearestNeighbourSearch() throws {
        let request = try ImageSearchRequest(
            QueryParameters(["size": "5", "from": "2", "similarity": "0.5", "filter": #"{"term":{"a":"b"}}"#, "fields": "a,b"]))
        let search = try request.search(nearestTo: [1, 0], in: "v").search
        let clause = try #require(search.knn.first)
        #expect(search.size == 5 && search.from == 2 && search.fetch.fields.map(\.pattern) == ["a", "b"])
        #expect(clause.knn.k == 7 && clause.knn.vector == .vector([1, 0]) && clause.knn.field == "v")
        #expect(clause.knn.similarity == 0.5 && clause.knn.filter.count == 1)
    }

    @Test func filtersMayBeWritten() throws {
        let search = try ImageSearchRequest(QueryParameters(["filter": "keywords:animal"])).search(nearestTo: [1], in: "v").search
        guard case .queryString? = search.knn.first?.knn.filter.first?.kind else { return #expect(Bool(false)) }
        #expect(throws: ElasticsearchError.self) { try ImageSearchRequest(QueryParameters(["filter": "{"])) }
    }

    @Test(arguments: [["k": "0"], ["k": "5", "num_candidates": "4"], ["size": "-1"], ["from": "-1"]])
    func boundsAreThoseOfSearches(_ parameters: [String: String]) {
        #expect(throws: ElasticsearchError.self) {
            try ImageSearchRequest(QueryParameters(parameters)).search(nearestTo: [1], in: "v")
        }
    }

    @Test(arguments: [["threshold": "0"], ["threshold": "1.5"], ["threshold": "x"], ["size": "0"], ["max_docs": "0"]])
    func thresholdsAreCosines(_ parameters: [String: String]) {
        #expect(throws: ElasticsearchError.self) { try DuplicatesRequest(QueryParameters(parameters)) }
    }

    @Test func mappingsNameTheirModel() {
        let mapping = PictureDocument.mapping(dimensions: 3, model: "compact")
        #expect(PictureDocument.model(meta: mapping["_meta"]) == "compact")
        #expect(mapping["properties"]?["image_embedding"]?["dims"] == 3)
        #expect(PictureDocument.model(meta: nil) == nil)
    }
}
