internal import JSON

/// A model's vocabulary: tokens by id, with the merges of a byte-pair encoding or the scores of a unigram model.
public struct VocabularyBody: Sendable {
    /// The body itself, whose form has been checked.
    public let content: [UInt8]

    private enum Key: String, BodyKey {
        case vocabulary, merges, scores
    }

    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        let counts = try JSONBody.decode(body) { (root) throws(ParseError) in
            var counts: [Key: Int] = [:]
            for (key, field) in try root.fields(Key.self, of: .object("put_trained_model_vocabulary_action")) {
                guard let elements = field.element.array else { throw field.unexpected }
                var count = 0
                for element in elements {
                    guard key == .scores ? element.double != nil : element.string != nil else { throw field.unexpected }
                    count += 1
                }
                counts[key] = count
            }
            return counts
        }
        var violations: [String] = []
        let tokens = counts[.vocabulary] ?? 0, scores = counts[.scores] ?? 0
        if tokens == 0 { violations.append("[vocabulary] must not be empty") }
        if scores > 0, scores != tokens { violations.append("[scores] must have same length as [vocabulary]") }
        if !violations.isEmpty { throw .validation(violations) }
        content = Array(body)
    }
}
