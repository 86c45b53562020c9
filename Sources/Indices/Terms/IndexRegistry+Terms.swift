internal import FieldIndex
internal import Mapping
internal import Query
internal import Shards

extension IndexRegistry {
    /// The first terms of a field that begin as a text does, in order; of a field of words or of one without terms, none.
    ///
    /// - Returns: the terms, how many shards were looked at, and whether there are no more.
    /// - Throws: `IndicesError`, and what the filter's search throws.
    /// - Complexity: O(log terms + size) a shard; where letters' case is ignored, or terms are shown otherwise than they are
    ///   indexed, O(terms).
    public func terms(
        _ wanted: TermsEnumeration, in expression: IndexExpression
    ) async throws -> (terms: [String], shards: Int, isComplete: Bool) {
        var found: Set<String> = [], shards = 0
        for searched in try searchable(expression, routing: nil).indices {
            let index = searched.index
            shards += index.shards.count
            if let filter = wanted.filter {
                let search = Search(query: filter, size: 0, trackTotalHits: .upTo(1))
                let answer = try await self.search(search, in: IndexExpression([index.name]), options: SearchOptions())
                if answer.total?.value == 0 { continue }
            }
            let mapping = index.metadata.mapping
            guard let kind = mapping.field(wanted.field).flatMap({ TermKind($0) }) else { continue }
            if case .constant(let value) = kind {
                if wanted.takes(value) { found.insert(value) }
                continue
            }
            let field = mapping.target(of: wanted.field)
            for shard in index.shards {
                guard let keywords = shard.view.keywords(field) else { continue }
                found.formUnion(wanted.terms(of: keywords, kind))
            }
        }
        let ordered = found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return (Array(ordered.prefix(wanted.size)), shards, true)
    }
}

/// How a field's terms can be told.
private enum TermKind {
    case plain
    case coded(TermCoding)
    case constant(String)

    /// - Returns: nil for a field whose terms are not told.
    init?(_ field: FieldMapping) {
        switch field.type {
        case .keyword: self = .plain
        case .served(let served):
            switch served.column {
            case .terms where served.text == nil: self = served.coding == .plain ? .plain : .coded(served.coding)
            case .constant(let value?): self = .constant(value)
            default: return nil
            }
        default: return nil
        }
    }
}

extension TermsEnumeration {
    fileprivate func takes(_ term: String) -> Bool {
        if let after, !after.utf8.lexicographicallyPrecedes(term.utf8) { return false }
        if prefix.isEmpty { return true }
        return isCaseInsensitive ? term.lowercased().hasPrefix(prefix.lowercased()) : term.utf8.starts(with: prefix.utf8)
    }

    fileprivate func terms(of keywords: KeywordView, _ kind: TermKind) -> [String] {
        var found: [String] = []
        guard case .plain = kind, !isCaseInsensitive else {
            for rank in 0..<keywords.termCount {
                var term = keywords.term(rank)
                if case .coded(let coding) = kind { term = coding.text(term) }
                if takes(term) { found.append(term) }
            }
            return found
        }
        let start = after.map { $0.utf8.lexicographicallyPrecedes(prefix.utf8) ? prefix : $0 } ?? prefix
        var rank = keywords.rank(notBefore: start)
        while rank < keywords.termCount, found.count <= size {
            let term = keywords.term(rank)
            guard term.utf8.starts(with: prefix.utf8) else { break }
            if takes(term) { found.append(term) }
            rank += 1
        }
        return found
    }
}
