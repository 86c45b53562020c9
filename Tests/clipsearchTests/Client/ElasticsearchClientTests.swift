import Testing

@testable import clipsearch

@Suite struct ElasticsearchClientTests {
    @Test(arguments: [
        ("http://127.0.0.1:9200", "http://127.0.0.1:9200"),
        ("http://127.0.0.1:9200/", "http://127.0.0.1:9200"),
        ("localhost:9200", "http://localhost:9200"),
        ("elastic:secret@node:9200", "http://node:9200"),
        ("http://elastic:p%40ss@node:9200/base/", "http://node:9200/base"),
    ])
    func credentialsAreNoPartOfTheAddress(given: String, address: String) {
        #expect(ElasticsearchClient(url: given).url == address)
    }

    @Test(arguments: [("a b", "a%20b"), ("Ä/ö", "%C3%84%2F%C3%B6"), ("a-b_c.d~e", "a-b_c.d~e")])
    func namesAreEscaped(name: String, escaped: String) {
        #expect(ElasticsearchClient.escaped(name) == escaped)
    }
}
