import JSON
import Testing

@testable import ElasticsearchAPI

@Suite struct InferenceServicesTests {
    private func services(_ task: String?) throws -> [String] {
        try InferenceServices.json(task: task).array?.compactMap { $0["service"]?.string } ?? []
    }

    @Test func servicesAreListedByTask() throws {
        #expect(try services(nil) == ["clipsearch", "elasticsearch"])
        #expect(try services("text_embedding") == services(nil) && services("any") == services(nil))
        #expect(try services("rerank") == [])
        #expect(throws: ElasticsearchError.self) { try services("guessing") }
    }

    /// What forms are made of.
    @Test func settingsSayWhatTheyAre() throws {
        let first = try #require(try InferenceServices.json(task: nil).array?.first)
        #expect(first["name"] == "ClipSearch" && first["task_types"] == ["text_embedding", "embedding"])
        let allocations = first["configurations"]?["num_allocations"]
        #expect(allocations?["type"] == "int" && allocations?["default_value"] == 1 && allocations?["updatable"] == true)
        let model = first["configurations"]?["model_id"]
        #expect(model?["type"] == "str" && model?["required"] == true && model?["sensitive"] == false && model?["default_value"] == nil)
    }
}
