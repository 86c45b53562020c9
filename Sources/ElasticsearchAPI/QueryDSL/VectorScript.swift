internal import Query

/// A vector script that is understood: one of the fixed sources that clients send, with its two variables.
///
/// Sources: https://www.elastic.co/docs/reference/query-languages/query-dsl/query-dsl-script-score-query
struct VectorScript: Equatable {
    let script: ScriptScoreQuery.Script
    /// The key under `params` that holds the vector.
    let parameter: String
    let field: String

    /// - Returns: nil for any other source.
    init?(source: String) {
        guard let source = ScriptTokens(source) else { return nil }
        for template in Self.templates {
            guard let match = template.match(source.tokens) else { continue }
            (script, parameter, field) = (template.script, match.parameter, match.field)
            return
        }
        return nil
    }

    /// `params.parameter` and `'field'` stand for the variables.
    private static let templates: [Template] = [
        Template(.cosineSimilarityPlusOne, "cosineSimilarity(params.parameter, 'field') + 1.0"),
        Template(.inverseL2Norm, "1 / (1 + l2norm(params.parameter, 'field'))"),
        Template(
            .sigmoidDotProduct,
            "double value = dotProduct(params.parameter, 'field'); return sigmoid(1, Math.E, -value);"),
    ]

    private struct Template {
        let script: ScriptScoreQuery.Script
        let tokens: [ScriptTokens.Token]

        init(_ script: ScriptScoreQuery.Script, _ source: String) {
            self.script = script
            self.tokens = ScriptTokens(source)?.tokens ?? []
        }

        func match(_ candidate: [ScriptTokens.Token]) -> (parameter: String, field: String)? {
            guard candidate.count == tokens.count else { return nil }
            var parameter: String?
            var field: String?
            for (expected, actual) in zip(tokens, candidate) {
                switch (expected, actual) {
                case (.word("parameter"), .word(let name)): parameter = name
                case (.quoted("field"), .quoted(let name)): field = name
                default: guard expected == actual else { return nil }
                }
            }
            guard let parameter, let field else { return nil }
            return (parameter, field)
        }
    }
}
