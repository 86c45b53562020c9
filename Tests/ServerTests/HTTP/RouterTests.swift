import ElasticsearchAPI
import Testing

@testable import Server

@Suite struct RouterTests {
    private let router = Router()

    private func route(_ method: String, _ path: String) -> Router.Outcome {
        router.route(method: method, segments: path.split(separator: "/").map(String.init))
    }

    @Test(arguments: [
        ("GET", "/", Endpoint.info, [:]), ("HEAD", "/", .ping, [:]),
        ("PUT", "/images", .indicesCreate, ["index": "images"]),
        ("POST", "/images/_search", .search, ["index": "images"]),
        ("GET", "/_search", .search, [:]), ("POST", "/_search/", .search, [:]),
        ("GET", "/images/_doc/a b", .get, ["index": "images", "id": "a b"]),
        ("PUT", "/images/_doc/1", .index, ["index": "images", "id": "1"]),
        ("POST", "/_bulk", .bulk, [:]), ("GET", "/_cat/indices", .catIndices, [:]),
        ("GET", "/_all/_stats/docs", .indicesStats, ["index": "_all", "metric": "docs"]),
        ("GET", "/_stats/docs", .indicesStats, ["metric": "docs"]),
        ("POST", "/_ml/trained_models/m/deployment/_infer", .mlInferTrainedModelDeployment, ["model_id": "m"]),
    ])
    func finds(_ method: String, _ path: String, _ endpoint: Endpoint, _ captures: [String: String]) {
        #expect(route(method, path) == .match(.init(endpoint: endpoint, captures: captures)))
    }

    @Test func literalBeatsCapture() {
        // `_stats` of all indices, not an index called `_stats`.
        guard case .match(let match) = route("GET", "/_stats") else {
            Issue.record("no route")
            return
        }
        #expect(match.endpoint == .indicesStats)
    }

    @Test(arguments: [
        ("POST", "/images", ["GET", "PUT", "DELETE", "HEAD"]), ("GET", "/images/_create/1", ["POST", "PUT"]),
        ("DELETE", "/", ["GET", "HEAD"]),
    ])
    func listsAllowedMethods(_ method: String, _ path: String, _ allowed: [String]) {
        #expect(route(method, path) == .methodNotAllowed(allowed: allowed))
    }

    @Test(arguments: ["/a/b", "/_cat", "/a/_doc/1/2"])
    func notFound(_ path: String) {
        let isKnown = path == "/_cat"
        // One segment can always be an index.
        #expect((route("GET", path) == .notFound) == !isKnown)
    }
}
