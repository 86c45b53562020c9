import Files
import JSON
import TestSupport
import Testing
import TestSupport

@testable import clipsearch

@Suite struct IndexMigrationTests {
    private static let mapping: JSONValue = [
        "properties": [
            "image_id": ["type": "keyword"],
            "image_embedding": ["type": "dense_vector", "dims": 3, "index": true, "similarity": "cosine", "index_options": ["type": "int8_hnsw"]],
        ]
    ]
    /// As Elasticsearch answers, with settings of its own doings and of a plugin.
    private static let description: JSONValue = [
        "photos-2024": [
            "aliases": ["photos": [:], "gallery": [:]], "mappings": mapping,
            "settings": [
                "index.number_of_shards": "2", "index.number_of_replicas": "1", "index.uuid": "x7", "index.creation_date": "1700000000000",
                "index.provided_name": "photos-2024", "index.version.created": "9039000", "index.routing.allocation.include._tier_preference": "data_content",
                "index.plugin.knob": "on",
            ],
        ]
    ]

    private static func hit(_ number: Int) -> JSONValue {
        [
            "_index": "photos-2024", "_id": .string("p\(number)"), "_version": .int(number + 1), "_routing": number == 1 ? "r" : .null,
            "_source": ["image_id": .string("p\(number)"), "image_embedding": .floats([Float(number), 0.1, 1])], "sort": [.int(number)],
        ]
    }

    private static func page(_ hits: [JSONValue], _ more: JSONMembers) -> FakeElasticsearch.Answer {
        var body = more
        body["hits"] = ["total": ["value": 3, "relation": "eq"], "hits": .array(hits)]
        body["_shards"] = ["total": 2, "successful": 2, "failed": 0]
        return .init(body: .object(body))
    }

    private static func migration(from fake: FakeElasticsearch, to client: ElasticsearchClient, pageSize: Int = 2) -> IndexMigration {
        IndexMigration(
            source: ElasticsearchClient(url: fake.url, apiKey: "c2VjcmV0"), sourceIndex: "photos", target: client, targetIndex: "photos",
            pageSize: pageSize)
    }

    @Test func anIndexComesOverWithItsVectors() async throws {
        try await withTestNode { client in
            try await FakeElasticsearch.answering([
                "GET /photos": [.init(body: Self.description)],
                "POST /photos/_pit": [.init(body: ["id": "pit1"])],
                "POST /_search": [
                    Self.page([Self.hit(0), Self.hit(1)], ["pit_id": "pit2"]), Self.page([Self.hit(2)], ["pit_id": "pit2"]),
                    Self.page([], ["pit_id": "pit2"]), Self.page([Self.hit(0), Self.hit(1), Self.hit(2)], [:]), Self.page([], [:]),
                ],
                "DELETE /_pit": [.init(body: ["succeeded": true])],
            ]) { fake in
                let summary = try await Self.migration(from: fake, to: client).run()
                #expect(summary.moved == 3 && summary.failed == [] && summary.droppedSettings == ["index.plugin.knob"])
                let documents = try await client.documents(of: "photos")
                #expect(documents.count == 3)
                let vector = try await client.call("GET", "/photos/_doc/p1?routing=r").root.object
                #expect(vector?["_version"]?.int == 2)
                #expect(vector?["_source"]?.object?["image_embedding"]?.array?.floats() == [1, 0.1, 1])
                let made = try await client.call("GET", "/photos?flat_settings=true").root.object?["photos"]?.object
                #expect(made?["settings"]?.object?["index.number_of_shards"]?.string == "2")
                #expect(made?["aliases"]?.object?["gallery"] != nil && made?["aliases"]?.object?["photos"] == nil)

                let searches = fake.bodies(of: "POST /_search")
                #expect(searches[0]["_source"] == ["exclude_vectors": false] && searches[0]["search_after"] == nil)
                #expect(searches[1]["search_after"] == [1] && searches[1]["pit"]?["id"] == "pit2")
                #expect(fake.bodies(of: "DELETE /_pit") == [["id": "pit2"]])
                #expect(fake.seen.allSatisfy { $0.authorization == "ApiKey c2VjcmV0" })

                // Again: all is there, in the same versions.
                let again = try await Self.migration(from: fake, to: client).run()
                #expect(again.moved == 0 && again.unchanged == 3)
            }
        }
    }

    /// Versions before 9.1 refuse an option that they do not know; some nodes have no points in time.
    @Test func olderNodesAreReadByScroll() async throws {
        try await withTestNode { client in
            let unknown: JSONValue = ["error": ["type": "parsing_exception", "reason": "Unknown key for a VALUE_BOOLEAN in [exclude_vectors]."]]
            try await FakeElasticsearch.answering([
                "GET /photos": [.init(body: Self.description)],
                "POST /photos/_pit": [.init(status: 400, body: ["error": "no handler found"])],
                "POST /photos/_search": [.init(status: 400, body: unknown), Self.page([Self.hit(0), Self.hit(1)], ["_scroll_id": "s1"])],
                "POST /_search/scroll": [Self.page([Self.hit(2)], ["_scroll_id": "s2"]), Self.page([], ["_scroll_id": "s2"])],
                "DELETE /_search/scroll": [.init(body: ["succeeded": true])],
            ]) { fake in
                let summary = try await Self.migration(from: fake, to: client).run()
                #expect(summary.moved == 3)
                #expect(fake.bodies(of: "POST /photos/_search").map { $0["_source"] } == [["exclude_vectors": false], true])
                #expect(fake.bodies(of: "POST /_search/scroll").map { $0["scroll_id"] } == ["s1", "s2"])
                #expect(fake.bodies(of: "DELETE /_search/scroll") == [["scroll_id": ["s2"]]])
            }
        }
    }

    @Test func nothingIsLeftBehindSilently() async throws {
        try await withTestNode { client in
            let partial = FakeElasticsearch.Answer(body: ["_shards": ["total": 2, "failed": 1], "hits": ["hits": []]])
            try await FakeElasticsearch.answering([
                "GET /photos": [.init(body: Self.description)], "POST /photos/_pit": [.init(body: ["id": "pit"])], "POST /_search": [partial],
            ]) { fake in
                await #expect(throws: ClientError.self) { _ = try await Self.migration(from: fake, to: client).run() }
            }
        }
    }

    @Test func betweenTwoOfOurOwn() async throws {
        try await withTestNode { source in
            _ = try await source.call("PUT", "/photos", ["mappings": Self.mapping, "settings": ["number_of_shards": 2]])
            for number in 0..<5 {
                let document: JSONValue = ["image_id": .string("p\(number)"), "image_embedding": .floats([Float(number), 0.1, 1])]
                _ = try await source.call("PUT", "/photos/_doc/p\(number)", document)
            }
            _ = try await source.call("POST", "/photos/_refresh")
            try await withTestNode { target in
                let migration = IndexMigration(source: source, sourceIndex: "photos", target: target, targetIndex: "copy", pageSize: 2)
                let first = try await migration.run(), second = try await migration.run()
                #expect(first.moved == 5 && second.unchanged == 5)
                let copies = try await target.documents(of: "copy")
                #expect(try await source.documents(of: "photos") == copies)
            }
        }
    }

    @Test func smallCopiesComeAlong() async throws {
        let picture = try File.contents(of: Repository.root + "/Samples/apple.jpg")
        let hashes = ["a", "b"].map { ImportedImage.hash(Array($0.utf8)) }
        try await withTestNode { source in
            for (number, hash) in hashes.enumerated() {
                let document: JSONValue = ["image_id": .string("p\(number)"), "image_hash": .string(hash)]
                _ = try await source.call("PUT", "/photos/_doc/p\(number)?routing=r\(number)&refresh=true", document)
            }
            let kept = "/photos/_image/_thumbnail/\(hashes[0])"
            #expect(try await source.send("PUT", kept, body: picture, contentType: "image/jpeg").status == 200)
            let there = try await source.send("GET", "/photos/_image/p0/_thumbnail?routing=r0")
            #expect(there.status == 200)
            try await withTestNode { target in
                let migration = IndexMigration(source: source, sourceIndex: "photos", target: target, targetIndex: "copy")
                let first = try await migration.run(), second = try await migration.run()
                #expect(first.moved == 2 && first.thumbnails == 1)
                #expect(second.unchanged == 2 && second.thumbnails == 0)
                #expect(try await target.send("GET", "/copy/_image/p0/_thumbnail?routing=r0").body == there.body)
                var plain = IndexMigration(source: source, sourceIndex: "photos", target: target, targetIndex: "plain")
                plain.bringsThumbnails = false
                let without = try await plain.run()
                #expect(without.moved == 2 && without.thumbnails == 0)
            }
        }
    }

    /// Elasticsearch knows no pictures, and is asked for one only.
    @Test func aNodeWithoutPicturesIsNotAskedAgainAndAgain() async throws {
        try await withTestNode { target in
            let hits = (0..<20).map { number -> JSONValue in
                ["_id": .string("p\(number)"), "_source": ["image_hash": .string(ImportedImage.hash([UInt8(number)]))], "sort": [.int(number)]]
            }
            let unknown = FakeElasticsearch.Answer(status: 400, body: ["error": "no handler found for uri"])
            var answers = [
                "GET /photos": [FakeElasticsearch.Answer(body: Self.description)], "POST /photos/_pit": [.init(body: ["id": "pit"])],
                "POST /_search": [Self.page(hits, [:]), Self.page([], [:])], "DELETE /_pit": [.init(body: [:])],
            ]
            for number in 0..<20 { answers["GET /photos/_image/p\(number)/_thumbnail"] = [unknown] }
            try await FakeElasticsearch.answering(answers) { fake in
                let summary = try await Self.migration(from: fake, to: target).run()
                #expect(summary.moved == 20 && summary.thumbnails == 0)
                // As many as were under way.
                #expect(fake.seen.filter { $0.request.hasSuffix("_thumbnail") }.count <= 8)
            }
        }
    }

    @Test func severalIndicesAreRefused() throws {
        let document = try JSONDocument(parsing: #"{"a":{},"b":{}}"#)
        #expect(thrownCase { try SourceIndex("a*", try #require(document.root.object)) } == "migration")
    }
}
