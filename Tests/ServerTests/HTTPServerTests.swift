import ElasticsearchAPI
import Foundation
import FoundationNetworking
import Indices
import Inference
import JSON
import Logging
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import Server

/// A node behind a real socket: the article's flow, and what goes wrong.
@Suite struct HTTPServerTests {
    struct Answer {
        var status: Int
        var headers: [AnyHashable: Any]
        var text: String
        var json: JSONValue
    }

    /// A running server and how to speak to it.
    struct Client {
        let port: Int

        func send(
            _ method: String, _ path: String, _ body: String? = nil, type: String = "application/json"
        ) async throws -> Answer {
            var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(path)")))
            request.httpMethod = method
            if let body {
                request.httpBody = Data(body.utf8)
                request.setValue(type, forHTTPHeaderField: "Content-Type")
            }
            let (data, response) = try await URLSession.shared.data(for: request)
            let http = try #require(response as? HTTPURLResponse)
            let json = (try? JSONDocument(parsing: Array(data))).map { JSONValue($0.root) } ?? .null
            return Answer(
                status: http.statusCode, headers: http.allHeaderFields, text: String(decoding: data, as: UTF8.self), json: json)
        }
    }

    /// Runs `body` against a server on a free port with an empty data directory.
    func withServer(
        idleTimeout: Duration = .seconds(600), remoteReindexHosts: [String] = [], models roots: [String] = [],
        pictureFolders: [String] = [],
        _ body: @escaping @Sendable (Client) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("clipsearch-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let data = try DataDirectory(opening: directory.path)
        let models = InferenceService(roots: roots, storage: directory.path, logger: logger)
        let registry = try await IndexRegistry(
            opening: data, log: logger, readQuery: { try QueryReader.query($0) }, models: models
        ) { id, text in
            try await models.embed(texts: [text], model: id, purpose: .search).first?.vector ?? []
        }
        let server = HTTPServer(
            .init(
                port: 0, idleTimeout: idleTimeout, remoteReindexHosts: remoteReindexHosts, pictureFolders: pictureFolders),
            indices: registry, models: models,
            version: VersionInfo(nodeName: "n", clusterName: "c", clusterID: "id"), logger: logger)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run { port.yield($0) } }
            group.addTask {
                for await port in ports {
                    try await body(Client(port: port))
                    return
                }
            }
            try await group.next()
            group.cancelAll()
        }
        await registry.close()
    }

    /// What eland sends, with a model small enough for a test.
    @Test func elandFlow() async throws {
        let folder = URL(filePath: Repository.fixtures + "/torchscript/distilbert-dense")
        let definition = try Data(contentsOf: folder.appending(path: "definition.pt"))
        let vocabulary = try String(contentsOf: folder.appending(path: "vocabulary.json"), encoding: .utf8)
        let configuration = try String(contentsOf: folder.appending(path: "model.json"), encoding: .utf8)
        try await withServer { client in
            let model = "/_ml/trained_models/distil"
            #expect(try await client.send("GET", model).status == 404)
            let created = try await client.send("PUT", model, configuration)
            #expect(created.status == 200 && created.json["model_id"] == "distil" && created.json["created_by"] == "api_user")
            #expect(try await client.send("PUT", model, configuration).status == 400)
            let half = definition.count / 2
            for (number, part) in [definition.prefix(half), definition.dropFirst(half)].enumerated() {
                let answer = try await client.send(
                    "PUT", "\(model)/definition/\(number)",
                    #"{"definition":"\#(part.base64EncodedString())","total_definition_length":\#(definition.count),"total_parts":2}"#)
                #expect(answer.text == #"{"acknowledged":true}"#)
            }
            let unfinished = try await client.send("GET", "\(model)?include=definition_status&filter_path=**.fully_defined")
            #expect(unfinished.text == #"{"trained_model_configs":[{"fully_defined":false}]}"#)
            #expect(try await client.send("PUT", "\(model)/vocabulary", vocabulary).status == 200)
            let started = try await client.send("POST", "\(model)/deployment/_start?timeout=60s&wait_for=started")
            #expect(started.json["assignment"]?["assignment_state"] == "started")
            #expect(started.json["assignment"]?["task_parameters"]?["deployment_id"] == "distil")
            #expect(try await client.send("PUT", "\(model)/model_aliases/words").status == 200)
            let vectors = try await client.send(
                "POST", "/_ml/trained_models/words/_infer", #"{"docs":[{"text_field":"a"},{"text_field":"b"}]}"#)
            #expect(vectors.json["inference_results"]?.array?.count == 2)
            let update = try await client.send("POST", "\(model)/deployment/_update?number_of_allocations=2")
            #expect(update.json["assignment"]?["task_parameters"]?["number_of_allocations"] == 2)
            #expect(try await client.send("POST", "\(model)/deployment/cache/_clear").text == #"{"cleared":true}"#)
            let statistics = try await client.send("GET", "/_ml/trained_models/words/_stats")
            let deployment = statistics.json["trained_model_stats"]?.array?.first?["deployment_stats"]
            #expect(deployment?["state"] == "started" && deployment?["inference_count"] == 2)
            #expect(try await client.send("DELETE", model).status == 409)
            #expect(try await client.send("POST", "/_ml/trained_models/none/deployment/_stop").text == #"{"stopped":true}"#)
            #expect(
                try await client.send("POST", "/_ml/trained_models/none/deployment/_stop?allow_no_match=false").status == 404)
            #expect(try await client.send("POST", "\(model)/deployment/_stop").text == #"{"stopped":true}"#)
            #expect(try await client.send("DELETE", model).text == #"{"acknowledged":true}"#)
            #expect(try await client.send("GET", model).status == 404)
        }
    }

    @Test func articleFlow() async throws {
        try await withServer { client in
            let info = try await client.send("GET", "/")
            #expect(info.json["version"]?["number"] == "9.1.0")
            #expect(info.headers["X-elastic-product"] as? String == "Elasticsearch")

            #expect(try await client.send("HEAD", "/images").status == 404)
            let mapping = #"""
                {"mappings":{"properties":{"image_embedding":{"type":"dense_vector","dims":3,"index":true,"similarity":"cosine"},
                "image_id":{"type":"keyword"}}},"settings":{"index.refresh_interval":"5s"}}
                """#
            #expect(try await client.send("PUT", "/images", mapping).json["acknowledged"] == true)
            #expect(try await client.send("HEAD", "/images").status == 200)
            #expect(try await client.send("PUT", "/images").json["error"]?["type"] == "resource_already_exists_exception")

            let bulk = """
                {"index":{"_id":"1"}}
                {"image_id":"a","image_embedding":[1,0,0]}
                {"index":{"_id":"2"}}
                {"image_id":"b","image_embedding":[0.9,0.1,0]}
                {"index":{"_id":"3"}}
                {"image_id":"c","image_embedding":[0,0]}
                {"create":{"_id":"1"}}
                {"image_id":"d"}

                """
            let written = try await client.send("PUT", "/images/_bulk?refresh=true", bulk, type: "application/x-ndjson")
            #expect(written.json["errors"] == true)
            let items = try #require(written.json["items"]?.array)
            #expect(items.map { ($0["index"] ?? $0["create"])?["status"] } == [201, 201, 400, 409])
            #expect(items[3]["create"]?["error"]?["type"] == "version_conflict_engine_exception")
            #expect(
                items[2]["index"]?["error"]?["caused_by"]?["reason"]
                    == "The [dense_vector] field [image_embedding] in doc [document with id '3'] has a different number of dimensions [2] than defined in the mapping [3]")

            let search = #"{"fields":["image_id"],"knn":{"field":"image_embedding","query_vector":[1,0,0],"k":5,"num_candidates":10},"_source":false}"#
            let found = try await client.send("POST", "/images/_search", search)
            let hits = try #require(found.json["hits"]?["hits"]?.array)
            #expect(hits.map { $0["fields"]?["image_id"]?.array?.first } == ["a", "b"])
            #expect(hits.first?["_score"] == .double(1) || hits.first?["_score"] == .float(1))
            #expect(try await client.send("GET", "/images/_count").json["count"] == 2)
            let filtered = try await client.send("POST", "/images/_search?filter_path=hits.hits.fields.image_id", search)
            #expect(filtered.text == #"{"hits":{"hits":[{"fields":{"image_id":["a"]}},{"fields":{"image_id":["b"]}}]}}"#)

            let script = #"{"query":{"script_score":{"query":{"match_all":{}},"script":{"source":"cosineSimilarity(params.v, 'image_embedding') + 1.0","params":{"v":[0,0,0]}}}}}"#
            let zero = try await client.send("POST", "/images/_search", script)
            #expect(zero.status == 400)
            #expect(
                zero.json["error"]?["root_cause"]?.array?.first?["reason"]
                    == "failed to create query: The [cosine] similarity does not support vectors with zero magnitude. Preview of invalid vector: [0.0, 0.0, 0.0]")

            #expect(try await client.send("GET", "/_cat/indices?v").text.hasPrefix("health status index "))
            #expect(try await client.send("GET", "/_cluster/health").json["status"] == "yellow")
            #expect(try await client.send("GET", "/images/_stats").json["_all"]?["total"]?["docs"]?["count"] == 2)
            #expect(try await client.send("DELETE", "/images").json["acknowledged"] == true)
        }
    }

    @Test func documents() async throws {
        try await withServer { client in
            let made = try await client.send("PUT", "/notes/_doc/a%2Fb?refresh=true", #"{"title":"snow","tags":["x"]}"#)
            #expect(made.status == 201)
            #expect(made.headers["Location"] as? String == "/notes/_doc/a%2Fb")
            #expect(try await client.send("PUT", "/notes/_create/a%2Fb", "{}").status == 409)
            let read = try await client.send("GET", "/notes/_doc/a%2Fb?_source_includes=title")
            #expect(read.json["_source"]?["title"] == "snow")
            #expect(read.json["_source"]?["tags"] == nil)
            #expect(try await client.send("GET", "/notes/_doc/none").status == 404)
            #expect(try await client.send("HEAD", "/notes/_doc/a%2Fb").status == 200)
            #expect(try await client.send("DELETE", "/notes/_doc/a%2Fb").json["result"] == "deleted")
            #expect(try await client.send("DELETE", "/notes/_doc/a%2Fb").status == 404)
        }
    }

    @Test(.timeLimit(.minutes(10))) func idleConnectionsAreClosed() async throws {
        try await withServer(idleTimeout: .milliseconds(1)) { client in
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: client.port).get()
            try await channel.closeFuture.get()
        }
    }

    @Test func errors() async throws {
        try await withServer { client in
            let missing = try await client.send("POST", "/none/_search", "{}")
            #expect(missing.status == 404)
            #expect(missing.json["error"]?["type"] == "index_not_found_exception")
            #expect(try await client.send("PUT", "/Upper").json["error"]?["type"] == "invalid_index_name_exception")
            #expect(try await client.send("GET", "/_nothing").json["error"]?["type"] == "invalid_index_name_exception")
            let mapping = try await client.send("PUT", "/bad", #"{"mappings":{"properties":{"f":{"type":"nope"}}}}"#)
            #expect(mapping.json["error"]?["reason"] == "Failed to parse mapping: No handler for type [nope] declared on field [f]")
            #expect(try await client.send("HEAD", "/bad").status == 404)
            let model = try await client.send("POST", "/_ml/trained_models/m/_infer", #"{"docs":[{"text_field":"x"}]}"#)
            #expect(model.status == 404)
            #expect(model.json["error"]?["reason"] == "Could not find trained model [m]")
            #expect(try await client.send("GET", "/_ml/trained_models/m").status == 404)
            #expect(try await client.send("GET", "/_ml/trained_models/_stats").json["count"] == 0)
        }
    }
}
