import Testing

@testable import Hub

@Suite struct RepositoryNameTests {
    @Test(arguments: ["sentence-transformers/clip-ViT-B-32", "a/b", "laion/CLIP-ViT-B-32-laion2B-s34B-b79K", "_x/y_.z"])
    func valid(text: String) throws {
        #expect("\(try RepositoryName(text))" == text)
    }

    @Test(arguments: [
        "", "name", "a/b/c", "/b", "a/", "../b", "a/..", "a/.b", "a/b.", "-a/b", "a--b/c", "a/b..c", "a b/c", "ä/b",
        "a/b%2e", "a/b?x",
        "a/" + String(repeating: "b", count: 97), "a/b.git",
    ])
    func invalid(text: String) {
        #expect(throws: HubError.invalidName(text)) { try RepositoryName(text) }
    }
}
