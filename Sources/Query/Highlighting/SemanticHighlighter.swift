public import JSON
public import Mapping

/// Shows the chunks of semantic fields that are nearest to what was looked for.
///
/// Source: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/highlighting, the `semantic` highlighter.
public struct SemanticHighlighter: Sendable {
    private struct Field: Sendable {
        var path: String
        var options: HighlightOptions
        var vectors: [[Float]]
        var vectorOptions: DenseVectorOptions
        var mapping: Mapping
    }

    private let fields: [Field]

    /// - Parameter plans: where the search looks for neighbours.
    /// - Throws: `PlanningError.highlight`.
    public init(_ highlight: Highlight, plans: [QueryPlan], mapping: Mapping) throws(PlanningError) {
        var fields: [Field] = []
        for wanted in highlight.fields {
            for (path, field) in mapping.fields(matching: wanted.pattern) {
                let target = mapping.target(of: path)
                guard let semantic = field.semantic, let model = semantic.model else { continue }
                let options: HighlightOptions
                do {
                    options = try HighlightOptions(wanted.settings, highlight.settings, field: wanted.pattern)
                } catch {
                    throw .highlight(error)
                }
                // It is what such fields have unless another one is asked for.
                guard options.kind == .semantic || (wanted.settings.type ?? highlight.settings.type) == nil else { continue }
                let found = plans.flatMap { $0.neighbours(in: SemanticPaths.embeddings(of: target)) }
                if found.isEmpty { continue }
                fields.append(
                    Field(
                        path: path, options: options, vectors: found.map(\.vector), vectorOptions: semantic.vectorOptions(of: model),
                        mapping: mapping))
            }
        }
        self.fields = fields
    }

    public var isEmpty: Bool { fields.isEmpty }

    /// The texts of the nearest chunks of each field; pictures have none, or their description.
    ///
    /// - Complexity: O(chunks × dimensions).
    public func fragments(of source: JSONElement, _ inference: InferenceFields) -> [(field: String, fragments: [String])] {
        fields.compactMap { field in
            guard let made = inference.fields[field.mapping.target(of: field.path)] else { return nil }
            var chunks: [(text: String, score: Float)] = []
            for part in made.sources {
                let values = SemanticValues(of: part.name, in: source, field.mapping)
                for chunk in part.chunks {
                    guard let text = values.text(of: chunk.place) else { continue }
                    let score = field.vectors.map { field.vectorOptions.nearness(chunk.embedding, $0) }.max() ?? 0
                    chunks.append((text, score))
                }
            }
            let limit = max(1, field.options.fragmentCount)
            let best = chunks.indices.sorted { chunks[$0].score > chunks[$1].score || (chunks[$0].score == chunks[$1].score && $0 < $1) }
                .prefix(limit)
            let shown = field.options.isOrderedByScore ? Array(best) : best.sorted()
            return shown.isEmpty ? nil : (field.path, shown.map { chunks[$0].text })
        }
    }
}

extension DenseVectorOptions {
    /// Greater for what is nearer.
    fileprivate func nearness(_ left: [Float], _ right: [Float]) -> Float {
        guard left.count == right.count else { return -.infinity }
        var dot: Float = 0, distance: Float = 0, leftLength: Float = 0, rightLength: Float = 0
        for (one, other) in zip(left, right) {
            dot += one * other
            distance += (one - other) * (one - other)
            leftLength += one * one
            rightLength += other * other
        }
        switch similarity {
        case .l2Norm: return -distance
        case .dotProduct, .maxInnerProduct: return dot
        case .cosine:
            let length = (leftLength * rightLength).squareRoot()
            return length > 0 ? dot / length : 0
        }
    }
}
