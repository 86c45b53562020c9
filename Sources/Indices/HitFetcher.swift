internal import JSON
internal import Mapping
internal import Query
internal import Shards

/// Reads the winners of a search: their rows, and of their sources what was asked for.
struct HitFetcher {
    let fetch: Fetch
    let targets: [SearchTarget]
    /// Each `knn` clause's documents, by clause and target, for `matched_queries`.
    let nearest: [[[ScoredOrdinal]]]
    /// Whether the search's inner hits stand with these hits.
    var showsInnerHits = true

    /// - Throws: `ShardFailures`, `IndicesError.invalidDateFormat`.
    func hits(_ documents: [ScoredDocument]) throws -> [SearchResponse.Hit] {
        var hits = [SearchResponse.Hit?](repeating: nil, count: documents.count)
        let requests = try fieldRequests()
        var failures: [ShardFailure] = []
        for (number, positions) in Dictionary(grouping: documents.indices, by: { documents[$0].shard }) {
            let target = targets[number]
            let ordinals = positions.map { documents[$0].ordinal }
            do {
                let names = try matchedQueries(target, number, ordinals)
                let reading = Reading(fetch, requests, target.mapping)
                let highlighter = try highlighter(target)
                let computed = try ComputedHitFields(fetch, target, ordinals)
                for (place, (position, stored)) in zip(
                    positions, try target.view.documents(ordinals, includingSource: fetch.needsSource, target.mapping)).enumerated()
                {
                    var hit = hit(stored, reading, target)
                    computed.add(to: &hit, place)
                    hit.score = documents[position].score
                    hit.matchedQueries = names[stored.ordinal] ?? []
                    if fetch.explains { hit.explanation = try explanation(stored.ordinal, target, number) }
                    if let highlighter { hit.highlight = try highlight(stored, highlighter, target) }
                    hits[position] = hit
                }
            } catch {
                failures.append(target.failure(error))
            }
        }
        if !failures.isEmpty { throw ShardFailures(failures: failures) }
        var found = hits.compactMap { $0 }
        if showsInnerHits, found.count == documents.count { try InnerHitFetcher(targets: targets).addInnerHits(to: &found, documents) }
        return found
    }

    /// What is read of each document, resolved once for all of an index.
    private struct Reading {
        let source: SourceFilter
        let fields: FieldsExtraction
        let storedFields: FieldsExtraction
        let columns: [FieldsExtraction.Request]
        private let mapping: Mapping

        init(_ fetch: Fetch, _ requests: [(request: FieldsExtraction.Request, isFlat: Bool)], _ mapping: Mapping) {
            self.mapping = mapping
            columns = requests.filter(\.isFlat).map(\.request)
            source = fetch.excludesVectors ? fetch.source.excludingVectors(of: mapping) : fetch.source
            fields = FieldsExtraction(requests.filter { !$0.isFlat }.map(\.request), mapping: mapping)
            storedFields = FieldsExtraction(stored: fetch.storedFields, mapping: mapping)
        }

        func columns(of nested: NestedIdentity?) -> FieldsExtraction {
            FieldsExtraction(columns: columns, of: nested?.path, mapping: mapping)
        }
    }

    private func hit(_ stored: ShardDocument, _ reading: Reading, _ target: SearchTarget) -> SearchResponse.Hit {
        var hit = SearchResponse.Hit(index: target.index.name, id: stored.id, score: nil, routing: stored.routing)
        if fetch.version { hit.version = stored.version }
        if fetch.sequenceNumber {
            hit.sequenceNumber = stored.sequenceNumber
            hit.primaryTerm = stored.primaryTerm
        }
        hit.nested = target.view.nestedIdentity(of: stored.ordinal, target.mapping)
        guard let source = stored.source else { return hit }
        if reading.source == .all, hit.nested == nil { hit.source = .raw(source) }
        let isParsed = hit.nested != nil || reading.source.isFiltered || !reading.fields.isEmpty || !reading.storedFields.isEmpty
            || !reading.columns.isEmpty
        guard isParsed, let document = try? JSONDocument(parsing: source) else { return hit }
        if case .filtered(let includes, let excludes) = reading.source {
            hit.source = SourceFiltering(includes: includes, excludes: excludes).filter(document.root)
        }
        if let nested = hit.nested, reading.source != .none {
            hit.source = nested.object(inIsolated: hit.source ?? JSONValue(document.root))
        }
        var fields = reading.fields.extract(from: document.root)
        if !reading.storedFields.isEmpty {
            for member in reading.storedFields.extract(from: document.root) { fields[member.key] = member.value }
        }
        if !reading.columns.isEmpty {
            for member in reading.columns(of: hit.nested).extract(from: document.root) { fields[member.key] = member.value }
        }
        if !fields.isEmpty { hit.fields = fields }
        return hit
    }

    private func explanation(_ ordinal: UInt32, _ target: SearchTarget, _ number: Int) throws -> HitExplanation {
        let lists = zip(target.plan.knn, nearest).map { clause, lists in (lists[number], clause?.boost ?? 1) }
        return HitExplanation(
            shard: target.number, nodeID: target.nodeID,
            explanation: try target.view.explain(ordinal, target.plan.query, nearest: lists))
    }

    private func highlighter(_ target: SearchTarget) throws(IndicesError) -> Highlighter? {
        guard let highlight = fetch.highlight else { return nil }
        let metadata = target.index.metadata
        do {
            return try Highlighter(
                highlight, query: target.plan.query, mapping: target.mapping, now: target.now, limits: metadata.settings.highlighting)
        } catch {
            throw .planning(error, index: metadata.name, uuid: metadata.uuid)
        }
    }

    private func highlight(
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

    private func fieldRequests() throws(IndicesError) -> [(request: FieldsExtraction.Request, isFlat: Bool)] {
        try fetch.fields.map { field throws(IndicesError) in
            guard let text = field.format else { return (FieldsExtraction.Request(pattern: field.pattern), field.isFlat) }
            guard let format = DateFormat(text) else { throw .invalidDateFormat(text) }
            return (FieldsExtraction.Request(pattern: field.pattern, format: format), field.isFlat)
        }
    }

    private func matchedQueries(
        _ target: SearchTarget, _ number: Int, _ ordinals: [UInt32]
    ) throws -> [UInt32: [String]] {
        var names = try target.plan.query.map { try target.view.matchedQueries($0, among: ordinals) } ?? [:]
        for (clause, lists) in zip(target.plan.knn, nearest) {
            guard let name = clause?.name else { continue }
            let found = Set(lists[number].map(\.ordinal))
            for ordinal in ordinals where found.contains(ordinal) { names[ordinal, default: []].append(name) }
        }
        return names
    }
}

extension Fetch {
    fileprivate var needsSource: Bool { source != .none || !fields.isEmpty || !storedFields.isEmpty || highlight != nil }
}

extension SourceFilter {
    fileprivate var isFiltered: Bool {
        if case .filtered = self { true } else { false }
    }
}
