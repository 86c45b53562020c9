import JSON
import Query
import Testing
import TestSupport

@testable import Indices

@Suite struct DocumentRequestTests {
    private static let mappings =
        #"{"properties":{"v":{"type":"dense_vector","dims":2},"k":{"type":"keyword","store":true},"n":{"type":"long"}}}"#

    private func text(_ value: JSONValue?) -> String? { value.map { String(decoding: $0.serialized(), as: UTF8.self) } }

    @Test func partsOfDocuments() async throws {
        let node = try await TestNode()
        try await node.createIndex("i", mappings: Self.mappings)
        try await node.index("i", "1", #"{"v":[1,2],"k":"a","n":3}"#)
        var request = DocumentRequest(index: "i", id: "1")
        #expect(text(try await node.registry.document(request)?.source) == #"{"v":[1,2],"k":"a","n":3}"#)
        request.fetch.excludesVectors = true
        #expect(text(try await node.registry.document(request)?.source) == #"{"k":"a","n":3}"#)
        request.fetch.source = .filtered(includes: ["v", "n"], excludes: [])
        #expect(text(try await node.registry.document(request)?.source) == #"{"n":3}"#)
        request.fetch = Fetch(source: .none, storedFields: ["k", "n", "none"])
        let stored = try #require(try await node.registry.document(request))
        #expect(stored.source == nil && text(.object(stored.fields)) == #"{"k":["a"]}"#)
        let search = Search(fetch: Fetch(source: .all, excludesVectors: true, storedFields: ["*"]))
        let hit = try await node.registry.search(search, in: .all).hits[0]
        #expect(text(hit.source) == #"{"k":"a","n":3}"# && text(hit.fields.map { .object($0) }) == #"{"k":["a"]}"#)
    }

    @Test func realTimeAndVersions() async throws {
        let node = try await TestNode()
        try await node.createIndex("i", settings: #"{"refresh_interval":"-1"}"#)
        try await node.index("i", "1", "{}", refresh: .none)
        var request = DocumentRequest(index: "i", id: "1")
        #expect(try await node.registry.document(request) != nil)
        request.isRealTime = false
        #expect(try await node.registry.document(request) == nil)
        request.refreshes = true
        #expect(try await node.registry.document(request) != nil)
        request.version = 2
        #expect(await thrownCase { try await node.registry.document(request) } == "versionMismatch")
        request.index = "none"
        #expect(await thrownCase { try await node.registry.document(request) } == "indexNotFound")
    }
}
