import ArgumentParser
import JSON
import Query
import Testing

@testable import clipsearch

@Suite struct PictureClassifierTests {
    /// The node knows the model of an index, so it is named only if the user does.
    @Test(arguments: [nil, "clip"]) func anIndexHasItsModel(model: String?) async throws {
        let hit: JSONValue = ["_id": "1", "classification": ["top": [["label": "a", "score": 0.75]]], "sort": [0]]
        try await FakeElasticsearch.answering([
            "POST /photos/_pit": [.init(body: ["id": "pit"])], "DELETE /_pit": [.init(body: [:])],
            "POST /photos/_classify": [.init(body: ["pit_id": "pit", "hits": ["hits": [hit]]])],
        ]) { fake in
            let classifier = PictureClassifier(
                client: ElasticsearchClient(url: fake.url), model: model, labels: ["a", "b"], prompt: "{}", top: 1)
            var results: [PictureClassifier.Result] = []
            try await classifier.classify(index: "photos", query: nil) { results.append($0) }
            #expect(results == [.init(picture: "1", scores: [.init(label: "a", probability: 0.75)])])
            #expect(fake.bodies(of: "POST /photos/_classify").map { $0["model"]?.string } == [model])
        }
    }

    @Test func theModelNeedNotBeNamed() throws {
        #expect(try ClassifyCommand.parse(["--index", "photos", "-l", "a", "-l", "b"]).model == nil)
    }
}
