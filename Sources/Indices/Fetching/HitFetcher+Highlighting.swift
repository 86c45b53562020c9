internal import JSON
internal import Mapping
internal import Query
internal import Shards

extension HitFetcher {
    /// What marks words in an index's documents; nil where none are to be marked.
    func highlighter(_ target: SearchTarget) throws(IndicesError) -> Highlighter? {
        guard let highlight = fetch.highlight else { return nil }
        let metadata = target.index.metadata
        do {
            return try Highlighter(
                highlight, query: target.plan.query, mapping: target.mapping, now: target.now, limits: metadata.settings.highlighting,
                indexName: metadata.name)
        } catch {
            throw .planning(error, index: metadata.name, uuid: metadata.uuid)
        }
    }

    /// What shows the chunks of semantic fields; nil where none are to be shown.
    func semanticHighlighter(_ target: SearchTarget) throws(IndicesError) -> SemanticHighlighter? {
        guard let highlight = fetch.highlight, !target.mapping.semanticFields.isEmpty else { return nil }
        let metadata = target.index.metadata
        do {
            let plans = [target.plan.query].compactMap { $0 } + target.plan.knn.compactMap { $0.map { .knn($0.plan) } }
            let highlighter = try SemanticHighlighter(highlight, plans: plans, mapping: target.mapping)
            return highlighter.isEmpty ? nil : highlighter
        } catch {
            throw .planning(error, index: metadata.name, uuid: metadata.uuid)
        }
    }

    func addChunks(
        _ stored: ShardDocument, _ highlighter: SemanticHighlighter, _ inference: InferenceFields?, to hit: inout SearchResponse.Hit
    ) {
        guard let inference, let source = stored.source, let document = try? JSONDocument(parsing: source) else { return }
        for (field, fragments) in highlighter.fragments(of: document.root, inference) {
            hit.highlight = hit.highlight ?? [:]
            hit.highlight?[field] = .array(fragments.map { .string($0) })
        }
    }

    /// Nil: nothing in the document is marked.
    func highlight(
        _ stored: ShardDocument, _ highlighter: Highlighter, _ target: SearchTarget
    ) throws(IndicesError) -> JSONMembers? {
        guard let source = stored.source, let document = try? JSONDocument(parsing: source) else { return nil }
        do {
            let fields = try highlighter.fragments(of: document.root, document: stored.id, index: target.index.name)
            return fields.isEmpty
                ? nil : JSONMembers(fields.map { ($0.field, .array($0.fragments.map { .string($0) })) })
        } catch {
            throw .planning(.highlight(error), index: target.index.name, uuid: target.index.metadata.uuid)
        }
    }
}
