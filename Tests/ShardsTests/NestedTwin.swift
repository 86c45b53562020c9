import Foundation
import JSON
import Query
import TestSupport

/// Documents with nested objects as plain values, and what searches of them have to find: the brute-force twin.
struct NestedTwin {
    struct Inner: Equatable {
        var k: String
        var n: Int
    }

    struct Object: Equatable {
        var k: String
        var n: Int
        var vector: [Float]?
        var inner: [Inner]
    }

    struct Document: Equatable {
        var k: String
        var objects: [Object]
        var others: [String]

        static func random(_ generator: inout SeededGenerator) -> Document {
            func letter() -> String { ["a", "b", "c"].randomElement(using: &generator) ?? "a" }
            func number() -> Int { Int.random(in: 1...20, using: &generator) }
            let objects = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                Object(
                    k: letter(), n: number(),
                    vector: Bool.random(using: &generator) || Bool.random(using: &generator)
                        ? (0..<4).map { _ in Float(Int.random(in: -50...50, using: &generator)) } : nil,
                    inner: (0..<Int.random(in: 0...2, using: &generator)).map { _ in Inner(k: letter(), n: number()) })
            }
            return Document(k: letter(), objects: objects, others: (0..<Int.random(in: 0...2, using: &generator)).map { _ in letter() })
        }

        var json: String {
            let written = objects.map { object in
                let inner = object.inner.map { #"{"k":"\#($0.k)","n":\#($0.n)}"# }.joined(separator: ",")
                let vector = object.vector.map { #","v":\#($0)"# } ?? ""
                return #"{"k":"\#(object.k)","p":[\#(inner)],"n":\#(object.n)\#(vector)}"#
            }
            let others = others.map { #"{"k":"\#($0)"}"# }.joined(separator: ",")
            return #"{"q":[\#(others)],"k":"\#(k)","o":[\#(written.joined(separator: ","))]}"#
        }

        /// Ordinals that the document takes.
        var count: Int { 1 + objects.count + objects.reduce(0) { $0 + $1.inner.count } + others.count }
    }

    static let properties = """
        {"k":{"type":"keyword"},"q":{"type":"nested","properties":{"k":{"type":"keyword"}}},
         "o":{"type":"nested","properties":{"k":{"type":"keyword"},"n":{"type":"integer"},
          "v":{"type":"dense_vector","dims":4,"similarity":"l2_norm","index_options":{"type":"hnsw"}},
          "p":{"type":"nested","properties":{"k":{"type":"keyword"},"n":{"type":"integer"}}}}}}
        """

    var documents: [String: Document] = [:]

    static func joined(_ scores: [Double], _ mode: NestedQuery.ScoreMode) -> Float {
        switch mode {
        case .avg: Float(scores.reduce(0, +) / Double(scores.count))
        case .sum: Float(scores.reduce(0, +))
        case .min: Float(scores.min() ?? 0)
        case .max: Float(scores.max() ?? 0)
        case .none: 0
        }
    }

    /// Documents with objects of a keyword, scored by their numbers.
    func objects(_ k: String, _ mode: NestedQuery.ScoreMode) -> [String: Float] {
        documents.compactMapValues { document in
            let scores = document.objects.filter { $0.k == k }.map { Double($0.n) }
            return scores.isEmpty ? nil : Self.joined(scores, mode)
        }
    }

    /// Documents with an object of a keyword that has an inner object of another.
    func deep(_ outer: String, _ inner: String) -> Set<String> {
        Set(documents.filter { $0.value.objects.contains { $0.k == outer && $0.inner.contains { $0.k == inner } } }.keys)
    }

    /// The distance to the nearest object of each document, squared.
    func distances(_ query: [Float], among accepted: (Document, Object) -> Bool) -> [String: Float] {
        documents.compactMapValues { document in
            document.objects.filter { accepted(document, $0) }.compactMap(\.vector).map { vector in
                zip(vector, query).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            }.min()
        }
    }

    static func term(_ field: String, _ value: String) -> Query { Query(.term(TermQuery(field: field, value: .string(value)))) }

    /// What a term finds, scored by a number.
    static func scored(_ field: String, _ value: String, by number: String) -> Query {
        Query(
            .functionScore(
                FunctionScoreQuery(
                    query: term(field, value),
                    functions: [.init(kind: .fieldValue(FieldValueFunction(field: number)))], boostMode: .replace)))
    }
}
