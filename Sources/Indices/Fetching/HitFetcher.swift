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
    /// Whether they are nested objects: whatever finds them finds all that match, and not the nearest.
    var isOfObjects = false

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
                guard requests.isEmpty || target.mapping.source.isEnabled else {
                    let metadata = target.index.metadata
                    throw IndicesError.planning(.fieldsWithoutSource(index: metadata.name), index: metadata.name, uuid: metadata.uuid)
                }
                let reading = try Reading(fetch, requests, target.mapping)
                let highlighter = try highlighter(target), chunks = try semanticHighlighter(target)
                let computed = try ComputedHitFields(fetch, target, ordinals)
                let rows = try target.view.documents(ordinals, includingSource: fetch.needsSource, target.mapping)
                let showsInference = fetch.asksForInference(of: target.mapping)
                let inference = showsInference || chunks != nil ? try target.view.inference(of: ordinals) : [:]
                for (place, (position, stored)) in zip(positions, rows).enumerated() {
                    let shown = showsInference ? stored.showing(inference[stored.ordinal], target.mapping) : stored
                    var hit = hit(shown, reading, target)
                    computed.add(to: &hit, place)
                    hit.score = documents[position].score
                    let named = names[stored.ordinal] ?? []
                    hit.matchedQueries = named.map(\.name)
                    if fetch.scoresNamedQueries { hit.matchedQueryScores = named.map(\.score) }
                    if fetch.explains { hit.explanation = try explanation(stored.ordinal, target, number) }
                    if let highlighter { hit.highlight = try highlight(stored, highlighter, target) }
                    if let chunks { addChunks(stored, chunks, inference[stored.ordinal], to: &hit) }
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
        let unmapped: UnmappedExtraction
        let storedFields: FieldsExtraction
        /// What columns do not have of `docvalue_fields`.
        private let sourceValues: [FieldsExtraction.Request]
        let docValues: [DocValuePlan]
        private let mapping: Mapping

        init(_ fetch: Fetch, _ requests: [FieldsExtraction.Request], _ mapping: Mapping) throws(PlanningError) {
            self.mapping = mapping
            docValues = try Planner(mapping: mapping, now: 0).docValues(fetch.docValueFields)
            sourceValues = docValues.filter { $0.field.docValueAccess == .source }.map { FieldsExtraction.Request(pattern: $0.name) }
            source = fetch.excludesVectors ? fetch.source.excludingVectors(of: mapping) : fetch.source
            fields = FieldsExtraction(requests, mapping: mapping)
            unmapped = UnmappedExtraction(fetch.fields.filter(\.includesUnmapped).map(\.pattern), mapping: mapping)
            storedFields = FieldsExtraction(stored: fetch.storedFields, mapping: mapping)
        }

        /// Stored fields of a nested object stand under their full paths.
        func storedFields(of nested: NestedIdentity?, _ patterns: [String]) -> FieldsExtraction {
            guard let nested else { return storedFields }
            let requests = patterns.flatMap { mapping.fields(matching: $0) }.filter { $0.field.parameters["store"] == .bool(true) }
                .map { FieldsExtraction.Request(pattern: $0.path) }
            return FieldsExtraction(columns: requests, of: nested.path, mapping: mapping)
        }

        var readsSourceValues: Bool { !sourceValues.isEmpty }

        func sourceValues(of nested: NestedIdentity?) -> FieldsExtraction {
            FieldsExtraction(columns: sourceValues, of: nested?.path, mapping: mapping)
        }
    }

    private func hit(_ stored: ShardDocument, _ reading: Reading, _ target: SearchTarget) -> SearchResponse.Hit {
        var hit = SearchResponse.Hit(index: target.index.name, id: stored.id, score: nil, routing: stored.routing)
        if fetch.version { hit.version = stored.version }
        if fetch.sequenceNumber {
            hit.sequenceNumber = stored.sequenceNumber
            hit.primaryTerm = stored.primaryTerm
        }
        var columns = self.columns(stored.ordinal, reading.docValues, target.view)
        if fetch.docValueFields.contains(where: { $0.pattern == "_seq_no" }) {
            columns["_seq_no"] = [.int(Int(stored.sequenceNumber))]
        }
        if !columns.isEmpty { hit.fields = columns }
        hit.nested = target.view.nestedIdentity(of: stored.ordinal, target.mapping)
        hit.ignored = target.view.ignoredFields(of: stored.ordinal)
        addMetadata(to: &hit)
        guard let source = stored.source else { return hit }
        if reading.source == .all, hit.nested == nil { hit.source = .raw(source) }
        let isParsed = hit.nested != nil || reading.source.isFiltered || !reading.fields.isEmpty || !reading.storedFields.isEmpty
            || reading.readsSourceValues || !reading.unmapped.isEmpty
        guard isParsed, let document = try? JSONDocument(parsing: source) else { return hit }
        if case .filtered(let includes, let excludes) = reading.source {
            hit.source = SourceFiltering(includes: includes, excludes: excludes).filter(document.root)
        }
        if let nested = hit.nested, reading.source != .none {
            hit.source = nested.object(inIsolated: hit.source ?? JSONValue(document.root))
        }
        var fields = hit.fields ?? [:]
        var ignored = JSONMembers()
        for member in reading.fields.extract(from: document.root, ignored: &ignored) { fields[member.key] = member.value }
        for member in ignored where hit.ignored.contains(member.key) { hit.ignoredValues[member.key] = member.value }
        for member in reading.unmapped.extract(from: document.root) { fields[member.key] = member.value }
        if !reading.storedFields.isEmpty {
            for member in reading.storedFields(of: hit.nested, fetch.storedFields).extract(from: document.root) { fields[member.key] = member.value }
        }
        if reading.readsSourceValues {
            for member in reading.sourceValues(of: hit.nested).extract(from: document.root) { fields[member.key] = member.value }
        }
        if !fields.isEmpty { hit.fields = fields }
        return hit
    }

    /// What `fields` may ask for beside the mapping's fields, by its name only.
    private func addMetadata(to hit: inout SearchResponse.Hit) {
        for request in fetch.fields where request.pattern.hasPrefix("_") {
            let values: [String] =
                switch request.pattern {
                case "_id": [hit.id]
                case "_index": [hit.index]
                case "_ignored": hit.ignored
                case "_routing": hit.routing.map { [$0] } ?? []
                default: []
                }
            if values.isEmpty { continue }
            var fields = hit.fields ?? [:]
            fields[request.pattern] = .array(values.map { .string($0) })
            hit.fields = fields
        }
    }

    private func explanation(_ ordinal: UInt32, _ target: SearchTarget, _ number: Int) throws -> HitExplanation {
        let lists = zip(target.plan.knn, nearest).map { clause, lists in (lists[number], clause?.boost ?? 1) }
        return HitExplanation(
            shard: target.number, nodeID: target.nodeID,
            explanation: try target.view.explain(ordinal, target.plan.query, nearest: lists, amongAll: isOfObjects))
    }

    private func fieldRequests() throws(IndicesError) -> [FieldsExtraction.Request] {
        try fetch.fields.map { field throws(IndicesError) in
            guard let text = field.format else { return FieldsExtraction.Request(pattern: field.pattern) }
            guard let format = DateFormat(text) else { throw .invalidDateFormat(text) }
            return FieldsExtraction.Request(pattern: field.pattern, format: format)
        }
    }

    private func matchedQueries(
        _ target: SearchTarget, _ number: Int, _ ordinals: [UInt32]
    ) throws -> [UInt32: [ShardView.MatchedQuery]] {
        var names = try target.plan.query.map { try target.view.matchedQueries($0, among: ordinals) } ?? [:]
        for (clause, lists) in zip(target.plan.knn, nearest) {
            guard let clause, let name = clause.name else { continue }
            let found = Dictionary(lists[number].map { ($0.ordinal, $0.score) }) { first, _ in first }
            for ordinal in ordinals {
                if let score = found[ordinal] { names[ordinal, default: []].append(.init(name: name, score: score * clause.boost)) }
            }
        }
        return names
    }
}

extension Fetch {
    fileprivate var needsSource: Bool {
        source != .none || !fields.isEmpty || !storedFields.isEmpty || !docValueFields.isEmpty || highlight != nil
    }
}

extension SourceFilter {
    fileprivate var isFiltered: Bool {
        if case .filtered = self { true } else { false }
    }
}
