import JSON
import Mapping
import Testing

@testable import Query

@Suite struct SemanticHighlighterTests {
    private let plan = QueryPlan.nested(
        NestedPlan(
            level: NestedLevel(path: "f.inference.chunks", parent: nil),
            query: .knn(KNNPlan(field: "f.inference.chunks.embeddings", vector: [1, 0], k: 1, candidates: 2)), scoreMode: .max))

    private func shown(_ change: (inout Highlight.Settings) -> Void) throws -> [String]? {
        let mapping = try Mapping(
            decoding: JSONDocument(
                parsing: #"{"properties":{"f":{"type":"semantic","model_settings":{"task_type":"embedding","dimensions":2}},"g":{"type":"text","copy_to":"f"}}}"#
            ).root)
        var settings = Highlight.Settings()
        change(&settings)
        let highlight = Highlight(fields: [.init(pattern: "f", settings: settings), .init(pattern: "g")])
        let highlighter = try SemanticHighlighter(highlight, plans: [plan], mapping: mapping)
        let source = try JSONDocument(parsing: #"{"f":["far","near",{"type":"image","description":"a dog"},{"type":"image"}],"g":"nearest"}"#).root
        let model = SemanticModelSettings(task: .embedding, dimensions: 2)
        let inference = InferenceFields([
            "f": .init(
                inferenceID: "e", model: model,
                sources: [
                    .init("f", [.init(.text(0..<3), [0, 1]), .init(.text(4..<8), [1, 0.5]), .init(.input(2), [1, 1]), .init(.input(3), [1, 0])]),
                    .init("g", [.init(.text(0..<7), [1, 0.1])]),
                ])
        ])
        return highlighter.fragments(of: source, inference).first?.fragments
    }

    @Test func theNearestChunksAreShownInTheirOrder() throws {
        #expect(try shown { $0.fragmentCount = 2 } == ["near", "nearest"])
        #expect(
            try shown {
                $0.fragmentCount = 3
                $0.isOrderedByScore = true
            } == ["nearest", "near", "a dog"])
        #expect(try shown { $0.type = "semantic" }?.count == 4)
        #expect(try shown { $0.type = "unified" } == nil)
        #expect(throws: PlanningError.highlight(.unknownType("x", field: "f"))) { try shown { $0.type = "x" } }
    }
}
