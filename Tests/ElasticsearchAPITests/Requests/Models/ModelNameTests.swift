import Testing

@testable import ElasticsearchAPI

@Suite struct ModelNameTests {
    @Test(arguments: ["a", "1", "sentence-transformers__clip-vit-b-32", "a.b", String(repeating: "a", count: 64)])
    func models(_ name: String) {
        #expect(ModelName.violation(of: name, field: "model_id") == nil)
    }

    @Test(arguments: ["a", "my-alias", "a1b"])
    func aliases(_ name: String) {
        #expect(ModelName.violation(ofAlias: name) == nil)
    }

    @Test(arguments: ["", "A", "_a", "ab1", "a_", "ä"])
    func noAliases(_ name: String) {
        #expect(ModelName.violation(ofAlias: name) != nil)
    }
}
