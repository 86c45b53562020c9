import Foundation
import JSON
import Query
import TestSupport
import Testing

@testable import Indices

/// `similarity` of knn, beside filters, against a plain computation: of one vector a document and of nested objects.
@Suite struct SimilarityCutOffTests {
    private struct Document {
        var id: String
        var kind: String
        var vectors: [[Float]]
    }

    private static let width = 8

    private static func documents(_ count: Int, objects: Int = 1) -> [Document] {
        var generator = SeededGenerator(seed: 7)
        return (0..<count).map { number in
            let vectors = (0..<objects).map { _ in (0..<width).map { _ in Float.random(in: -1...1, using: &generator) } }
            return Document(id: "\(number)", kind: number % 3 == 0 ? "a" : "b", vectors: vectors)
        }
    }

    private static func cosine(_ one: [Float], _ other: [Float]) -> Float {
        func dot(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        return dot(one, other) / (dot(one, one) * dot(other, other)).squareRoot()
    }

    private func node(_ documents: [Document], mappings: String, source: (Document) -> String) async throws -> TestNode {
        let node = try await TestNode()
        try await node.createIndex("i", mappings: mappings)
        let writes = documents.map { WriteOperation(.index, index: "i", id: $0.id, source: Array(source($0).utf8)) }
        for result in await node.registry.write(writes, refresh: .immediate) { _ = try result.get() }
        return node
    }

    /// The documents with a vector at least so alike, of one kind or of all, the nearest first.
    private func expected(_ documents: [Document], _ query: [Float], _ cut: Float, kind: String?, k: Int) -> [String] {
        documents.compactMap { document -> (id: String, cosine: Float)? in
            guard kind == nil || kind == document.kind else { return nil }
            let best = document.vectors.map { Self.cosine($0, query) }.max() ?? -1
            return best >= cut ? (document.id, best) : nil
        }.sorted { $0.cosine > $1.cosine }.prefix(k).map(\.id)
    }

    private static let type = #"{"type":"dense_vector","dims":8,"similarity":"cosine","index_options":{"type":"hnsw"}}"#

    @Test(arguments: [Float(-1), 0.3, 0.7, 0.95], [nil, "a"]) func documentsThatAreAlikeEnough(_ cut: Float, _ kind: String?) async throws {
        let documents = Self.documents(400)
        let node = try await node(documents, mappings: #"{"properties":{"k":{"type":"keyword"},"v":\#(Self.type)}}"#) {
            #"{"k":"\#($0.kind)","v":\#($0.vectors[0])}"#
        }
        let query = Self.documents(401)[400].vectors[0]
        let filter = kind.map { [Query(.term(TermQuery(field: "k", value: .string($0))))] } ?? []
        let knn = KNNQuery(field: "v", vector: .vector(query), k: 20, candidates: 400, filter: filter, similarity: cut)
        let wanted = expected(documents, query, cut, kind: kind, k: 20)
        let top = try await node.registry.search(Search(knn: [.init(knn)], size: 20), in: IndexExpression(["i"]))
        #expect(top.hits.map(\.id) == wanted)
        let asQuery = try await node.registry.search(Search(query: Query(.knn(knn)), size: 20), in: IndexExpression(["i"]))
        #expect(asQuery.hits.map(\.id) == wanted)
        var search = Search(size: 20)
        search.retriever = Retriever(.knn(knn))
        #expect(try await node.registry.search(search, in: IndexExpression(["i"])).hits.map(\.id) == wanted)
    }

    /// With few candidates of many a graph is walked: not all are found, but none that should not be.
    @Test func walksLetNothingPass() async throws {
        let documents = Self.documents(1500)
        let node = try await node(documents, mappings: #"{"properties":{"k":{"type":"keyword"},"v":\#(Self.type)}}"#) {
            #"{"k":"\#($0.kind)","v":\#($0.vectors[0])}"#
        }
        let query = Self.documents(1501)[1500].vectors[0]
        let filter = [Query(.term(TermQuery(field: "k", value: .string("b"))))]
        let knn = KNNQuery(field: "v", vector: .vector(query), k: 10, candidates: 12, filter: filter, similarity: 0.6)
        let found = try await node.registry.search(Search(knn: [.init(knn)], size: 10), in: IndexExpression(["i"]))
        let all = Set(expected(documents, query, 0.6, kind: "b", k: 1500))
        #expect(!found.hits.isEmpty && found.hits.allSatisfy { all.contains($0.id) })
        let none = KNNQuery(field: "v", vector: .vector(query), k: 10, candidates: 12, filter: filter, similarity: 0.9999)
        #expect(try await node.registry.search(Search(knn: [.init(none)]), in: IndexExpression(["i"])).hits.isEmpty)
    }

    @Test(arguments: [Float(0.3), 0.7, 0.999]) func objectsOfDocuments(_ cut: Float) async throws {
        let documents = Self.documents(150, objects: 3)
        let mappings = #"{"properties":{"k":{"type":"keyword"},"o":{"type":"nested","properties":{"v":\#(Self.type)}}}}"#
        let node = try await node(documents, mappings: mappings) { document in
            let objects = document.vectors.map { #"{"v":\#($0)}"# }.joined(separator: ",")
            return #"{"k":"\#(document.kind)","o":[\#(objects)]}"#
        }
        let query = Self.documents(200)[199].vectors[0]
        let filter = [Query(.term(TermQuery(field: "k", value: .string("a"))))]
        let knn = KNNQuery(field: "o.v", vector: .vector(query), k: 20, candidates: 450, filter: filter, similarity: cut)
        let found = try await node.registry.search(Search(knn: [.init(knn)], size: 20), in: IndexExpression(["i"]))
        #expect(found.hits.map(\.id) == expected(documents, query, cut, kind: "a", k: 20))
    }
}
