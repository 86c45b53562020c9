import Testing

@testable import Inference

@Suite struct ModelTests {
    @Test(arguments: [
        ("sentence-transformers/clip-ViT-B-32", "sentence-transformers__clip-vit-b-32"),
        ("compact", "compact"), ("a b\\c", "a__b__c"),
        (String(repeating: "x", count: 60) + "/Model", String(repeating: "x", count: 57) + "__model"),
    ])
    func idIsElandsForm(_ name: String, _ id: String) {
        #expect(Model.id(forName: name) == id)
        #expect(id.count <= 64)
    }
}
