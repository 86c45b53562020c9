import Query
import Testing

@Suite struct LabelClassifierTests {
    private let classifier = LabelClassifier([("a", [2, 0]), ("b", [0, 1]), ("c", [-1, 0])], logitScale: 10)

    @Test func theNearestLabelIsFirst() throws {
        let scores = try #require(classifier.scores(of: [0.1, 5]))
        #expect(scores.map(\.label) == ["b", "a", "c"])
        #expect(abs(scores.reduce(0) { $0 + $1.probability } - 1) < 1e-5)
        #expect(scores[0].probability > 0.99)
    }

    /// exp(10 · cos) / sum, by hand: cosines 1 and 0.
    @Test func scoresAreASoftmax() throws {
        let two = LabelClassifier([("a", [1, 0]), ("b", [0, 1])], logitScale: 2)
        let score = try #require(two.scores(of: [3, 0])?.first)
        #expect(abs(score.probability - 0.880797) < 1e-5)
    }

    @Test func greatScalesDoNotOverflow() throws {
        let sure = LabelClassifier([("a", [1, 0]), ("b", [0, 1])], logitScale: 1e6)
        #expect(sure.scores(of: [1, 0])?.first?.probability == 1)
    }

    @Test func equalLabelsKeepTheirOrder() throws {
        let equal = LabelClassifier([("b", [1, 0]), ("a", [1, 0])], logitScale: 1)
        #expect(equal.scores(of: [1, 1])?.map(\.label) == ["b", "a"])
    }

    @Test(arguments: [[Float(1)], [0, 0], [1, 2, 3], [.infinity, 0]]) func whatCannotBeComparedHasNone(_ vector: [Float]) {
        #expect(classifier.scores(of: vector) == nil)
    }

    @Test func labelsStandInPrompts() {
        #expect(LabelPrompt.text(of: "cat", in: "a photo of a {}, a {}") == "a photo of a cat, a cat")
        #expect(LabelPrompt.text(of: "cat", in: "{}") == "cat")
        #expect(LabelPrompt.text(of: "cat", in: "nothing") == "cat")
    }
}
