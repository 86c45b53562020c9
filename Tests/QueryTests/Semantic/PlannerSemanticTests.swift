import JSON
import Mapping
import Testing

@testable import Query

@Suite struct PlannerSemanticTests {
    private func planner(_ properties: String, size: Int = 10) throws -> Planner {
        Planner(mapping: try Mapping(decoding: JSONDocument(parsing: #"{"properties":\#(properties)}"#).root), now: 0, size: size)
    }

    private static let known =
        #"{"f":{"type":"semantic_text","inference_id":"e","search_inference_id":"s","model_settings":{"task_type":"text_embedding","dimensions":2}},"t":{"type":"text"},"v":{"type":"dense_vector","dims":2},"a":{"type":"alias","path":"f"}}"#

    private func neighbours(k: Int, candidates: Int) -> KNNPlan {
        KNNPlan(
            field: "f.inference.chunks.embeddings", vector: [1, 2], k: k, candidates: candidates, oversample: nil,
            nested: NestedLevel(path: "f.inference.chunks", parent: nil))
    }

    private func semantic(_ field: String, vectors: [String: [Float]] = ["s": [1, 2]]) -> Query {
        var query = SemanticQuery(field: field, text: "x")
        query.vectors = vectors
        return Query(.semantic(query))
    }

    /// The nearest chunk of a document is its score; at least ten neighbours are looked for.
    @Test(arguments: ["f", "a"]) func textsAreComparedWithChunks(_ field: String) throws {
        let level = NestedLevel(path: "f.inference.chunks", parent: nil)
        for (size, k, candidates) in [(0, 10, 15), (3, 10, 15), (20, 20, 30)] {
            let plan = try planner(Self.known, size: size).plan(semantic(field))
            guard case .nested(let nested) = plan, case .knn(let knn) = nested.query else {
                Issue.record("\(plan)")
                return
            }
            #expect(nested.level == level && nested.scoreMode == .max)
            #expect(knn.field == "f.inference.chunks.embeddings" && knn.vector == [1, 2] && knn.k == k && knn.candidates == candidates)
            #expect(knn.nested == level)
        }
    }

    @Test func whatCannotBeComparedIsTold() throws {
        let planner = try planner(Self.known)
        #expect(try planner.plan(semantic("nowhere")) == .matchNone)
        #expect(throws: PlanningError.semanticNotSupported(field: "t", type: "text")) { try planner.plan(semantic("t")) }
        #expect(throws: PlanningError.vectorNotBuilt(field: "f")) { try planner.plan(semantic("f", vectors: ["e": [1, 2]])) }
        #expect(throws: PlanningError.dimensionMismatch(field: "f.inference.chunks.embeddings", actual: 1, expected: 2, isScript: false)) {
            try planner.plan(semantic("f", vectors: ["s": [1]]))
        }
        // No document has come yet.
        #expect(try self.planner(#"{"f":{"type":"semantic_text"}}"#).plan(semantic("f")) == .matchNone)
    }

    @Test func matchesStayMatchesElsewhere() throws {
        let match = MatchQuery(field: "t", text: .string("a"))
        #expect(
            try planner(Self.known).plan(Query(.semantic(SemanticQuery(match)))) == .term(field: "t", value: .term("a"), scoring: .bm25))
    }

    @Test func neighboursAreOfChunks() throws {
        let planner = try planner(Self.known)
        let knn = KNNQuery(field: "f", vector: .byEndpoint(["s": [1, 2]]), k: 2, candidates: 5)
        let plan = try planner.plan(Query(.knn(knn)))
        guard case .nested(let nested) = plan, case .knn(let inner) = nested.query else {
            Issue.record("\(plan)")
            return
        }
        #expect(nested.scoreMode == .max && inner.k == 2 && inner.vector == [1, 2])
        #expect(plan.neighbours(in: "f.inference.chunks.embeddings").map(\.vector) == [[1, 2]])
        #expect(plan.neighbours(in: "v").isEmpty)
        let top = try #require(try planner.plan(Search(knn: [.init(knn)])).knn.first ?? nil)
        #expect(top.plan.field == "f.inference.chunks.embeddings" && top.plan.nested?.path == "f.inference.chunks")
        #expect(throws: PlanningError.vectorNotBuilt(field: "v")) {
            try planner.plan(Query(.knn(KNNQuery(field: "v", vector: .byEndpoint(["s": [1, 2]])))))
        }
        #expect(try planner.plan(Query(.knn(KNNQuery(field: "nowhere", vector: .byEndpoint([:]), k: 1)))) == .matchNone)
    }

    @Test func existenceIsOfTheField() throws {
        #expect(try planner(Self.known).plan(Query(.exists(field: "f"))) == .exists(fields: ["f"]))
    }
}
