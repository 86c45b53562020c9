internal import Analysis
internal import FieldIndex
import Foundation
internal import JSON
internal import Mapping
internal import Shards

extension IndexRegistry {
    /// The terms of a document, analysed again, with what the index knows of them.
    ///
    /// - Throws: `IndicesError`, `ShardError`, `AnalysisError`.
    public func termVectors(_ request: TermVectorsRequest) async throws -> TermVectors {
        let start = ContinuousClock.now
        let index = try single(request.index, for: .read)
        var found = TermVectors(index: index.name, id: request.id)
        found.showsPositions = request.showsPositions
        found.showsOffsets = request.showsOffsets
        let mapping = index.metadata.mapping
        let source: [UInt8]?
        let shard: Shard
        if let document = request.document {
            shard = index.shards[0]
            source = document
        } else {
            let id = request.id ?? ""
            if request.routing == nil, mapping.routingRequired == true {
                throw IndicesError.routingMissing(index: index.name, id: id)
            }
            shard = index.shard(of: id, routing: request.routing)
            guard let stored = try request.isRealTime ? shard.document(id: id) : shard.view.document(id: id) else { return found }
            if let version = request.version, version != stored.version {
                throw IndicesError.versionMismatch(
                    id: id, current: stored.version, provided: version, index: index.name, uuid: index.metadata.uuid)
            }
            found.version = stored.version
            source = stored.source
        }
        found.isFound = true
        if let source, let document = try? JSONDocument(parsing: source) {
            let reader = TermVectorReader(request: request, mapping: mapping, view: shard.view.fields)
            found.fields = try reader.fields(of: document.root)
        }
        found.milliseconds = Int(start.duration(to: .now) / .milliseconds(1))
        return found
    }
}

/// Cuts the fields of a source into terms.
struct TermVectorReader {
    let request: TermVectorsRequest
    let mapping: Mapping
    let view: FieldIndexView

    func fields(of source: JSONElement) throws(AnalysisError) -> [TermVectors.Field] {
        var found: [TermVectors.Field] = []
        for (path, field) in mapping.fields where isWanted(path, field) {
            let parent = path.split(separator: ".").dropLast().joined(separator: ".")
            let values = FieldsExtraction.values(at: mapping.field(parent) == nil ? path : parent, in: source)
            let texts = values.compactMap { ScalarValue($0)?.text }
            if texts.isEmpty { continue }
            let terms = try terms(of: texts, path, field)
            if terms.isEmpty { continue }
            found.append(TermVectors.Field(name: path, statistics: statistics(of: path), terms: terms))
        }
        return found
    }

    private func isWanted(_ path: String, _ field: FieldMapping) -> Bool {
        guard field.type.valueClass == .term, field.isIndexed else { return false }
        guard let patterns = request.fields else {
            if request.document != nil { return true }
            return field.parameters["term_vector"].map { $0 != .string("no") } ?? false
        }
        return patterns.contains { $0 == path || WildcardPattern($0).matches(path) }
    }

    private func terms(of texts: [String], _ path: String, _ field: FieldMapping) throws(AnalysisError) -> [TermVectors.Term] {
        let named = request.analyzers[path].flatMap { (mapping.analysis ?? .standard).analyzer($0) }
        guard let analyzer = named ?? field.analyzer else { return [] }
        var occurrences: [String: [TermVectors.Occurrence]] = [:]
        var position = 0, offset = 0
        for text in texts {
            let stream = try analyzer.tokens(of: text)
            for token in stream {
                occurrences[token.term, default: []].append(
                    TermVectors.Occurrence(
                        position: position + token.position, start: offset + token.startOffset, end: offset + token.endOffset))
            }
            position += stream.positionCount + field.positionIncrementGap
            offset += stream.endOffset + 1
        }
        let terms = occurrences.map { text, places in
            TermVectors.Term(text: text, occurrences: places.sorted { $0.position < $1.position })
        }
        return filtered(terms.map { described($0, path) }, path)
            .sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    }

    private func described(_ term: TermVectors.Term, _ path: String) -> TermVectors.Term {
        guard request.showsTermStatistics || request.filter != nil else { return term }
        let documents = view.documentFrequency(of: term.text, in: path)
        var term = term
        if documents > 0 {
            term.documentFrequency = documents
            term.totalFrequency = view.totalFrequency(of: term.text, in: path)
        }
        return term
    }

    private func filtered(_ terms: [TermVectors.Term], _ path: String) -> [TermVectors.Term] {
        guard let filter = request.filter else { return terms }
        let count = view.statistics(of: path).documents
        var kept: [TermVectors.Term] = []
        for term in terms {
            guard filter.termFrequency.contains(term.occurrences.count), filter.wordLength.contains(term.text.utf16.count),
                filter.documentFrequency.contains(term.documentFrequency ?? 0)
            else { continue }
            var term = term
            let rarity = 1 + log(Double(count + 1) / Double((term.documentFrequency ?? 0) + 1))
            term.score = Float(term.occurrences.count) * Float(rarity)
            if !request.showsTermStatistics { (term.documentFrequency, term.totalFrequency) = (nil, nil) }
            kept.append(term)
        }
        return Array(kept.sorted { ($1.score ?? 0, $0.text) < ($0.score ?? 0, $1.text) }.prefix(filter.maximumTerms))
    }

    private func statistics(of path: String) -> TermVectors.Statistics? {
        guard request.showsFieldStatistics else { return nil }
        let statistics = view.statistics(of: path)
        if statistics.documents == 0 { return TermVectors.Statistics(documentFrequencies: -1, documents: -1, totalFrequency: -1) }
        return TermVectors.Statistics(
            documentFrequencies: view.postingCount(of: path), documents: statistics.documents,
            totalFrequency: statistics.totalFrequency)
    }
}
