import Indices
import JSON
import Query
import Testing

@testable import ElasticsearchAPI

@Suite struct ClassifyRequestTests {
    private func request(_ text: String) throws(ElasticsearchError) -> ClassifyRequest {
        try ClassifyRequest(body: Array(text.utf8), parameters: QueryParameters())
    }

    @Test func labelsStandInAPromptOrHaveTextsOfTheirOwn() throws {
        let listed = try request(#"{"labels":["cat","dog"],"prompt":"a photo of a {}","size":3,"query":{"match_all":{}}}"#)
        #expect(listed.labels.map(\.label) == ["cat", "dog"] && listed.labels.map(\.text) == ["a photo of a cat", "a photo of a dog"])
        #expect(listed.search.search.size == 3 && listed.search.search.query == .matchAll && listed.top == 3)
        #expect(listed.search.search.fetch.excludesVectors)
        let named = try request(#"{"labels":{"pets":"a cat or a dog"},"_source":false,"field":"v","model":"m","top":1}"#)
        #expect(named.labels.map(\.text) == ["a cat or a dog"] && named.field == "v" && named.model == "m" && named.top == 1)
        #expect(named.search.search.fetch.source == .none)
    }

    @Test(arguments: [
        (#"{}"#, "Required [labels]"), (#"{"labels":[]}"#, "[labels] must be 1 to 1000 but were 0"), (#"{"labels":[1]}"#, "[labels] must be texts"),
        (#"{"labels":["a","a"]}"#, "[labels] must be different"), (#"{"labels":[" "]}"#, "[labels] must not be empty"),
        (#"{"labels":["a"],"prompt":"x"}"#, "[prompt] must hold {} where the label is to stand"),
        (#"{"labels":["a"],"top":0}"#, "[top] must be a number greater than 0"), (#"{"labels":["a"],"model":1}"#, "[model] must be a text"),
    ])
    func whatMakesNoSenseIsRefused(_ text: String, _ reason: String) {
        #expect(failure { () throws(ElasticsearchError) in try request(text) }?.cause.reason == reason)
    }

    @Test func otherMembersAreASearchs() {
        #expect(failure { () throws(ElasticsearchError) in try request(#"{"labels":["a"],"sise":1}"#) }?.cause.reason == "Unknown key for a VALUE_NUMBER in [sise].")
    }

    @Test func hitsTellTheirBestLabels() {
        var response = SearchResponse(
            took: 1, shards: ShardCounts(total: 1), total: nil, maximumScore: nil,
            hits: [
                .init(index: "i", id: "1", score: 1, fields: ["v": [1.0, 0.0], "k": ["x"]]),
                .init(index: "i", id: "2", score: 1, fields: ["v": [0, 1]]), .init(index: "i", id: "3", score: 1),
            ])
        response.hits[0].fields?["k"] = ["x"]
        let classifier = LabelClassifier([("a", [1, 0]), ("b", [0, 1])], logitScale: 100)
        let json = ClassifyResponse(
            response, SearchFormat(), classifier, labels: ["a", "b"], top: 1, field: "v", isFieldWanted: false, model: "m", logitScale: 100
        ).json
        let hits = json["hits"]?["hits"]?.array ?? []
        #expect(hits.map { $0["classification"]?["label"] } == ["a", "b", nil])
        #expect(hits.first?["classification"]?["top"]?.array?.count == 1)
        #expect(hits.first?["fields"] == ["k": ["x"]] && hits[1]["fields"] == nil)
        #expect(json["classification"]?["labels"] == ["a": 1, "b": 1])
    }

    @Test(arguments: [
        ("red flower^0.5", "red flower", Float(0.5)), ("a^2", "a", 2), ("a", "a", 1), ("a^", "a^", 1), ("^2", "^2", 1), ("a^-1", "a^-1", 1),
        ("a^b^3", "a^b", 3), ("a^inf", "a^inf", 1),
    ])
    func weightsStandBehindACaret(_ written: String, _ text: String, _ weight: Float) {
        let read = WeightedText(written)
        #expect(read.text == text && read.weight == weight)
    }

    @Test(arguments: [
        ("rose^abc", true), ("rose^0", true), ("a red rose^-1", true), ("a^inf", true), ("rose^0.4", false), ("rose", false), ("a^", false),
        ("^2", false), ("so ^_^ glad", false), ("glad ^_", false), ("^_^", false),
    ])
    func weightsThatAreNoneAreSeen(_ written: String, _ isMisspelled: Bool) {
        #expect(WeightedText.isMisspelled(written) == isMisspelled)
    }
}
