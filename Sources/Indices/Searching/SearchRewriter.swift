internal import Inference
internal import Query
internal import Scripts

/// Replaces what stands elsewhere by what it means, everywhere in a search: texts that a model turns into query vectors by
/// those vectors, lookups of terms by the terms, and stored scripts by their text.
struct SearchRewriter: Sendable {
    /// Makes vectors of what `query_vector_builder` asks for; the other argument says whether a `knn` query does.
    let vector: @Sendable (QueryVector, _ isOfQuery: Bool) async throws -> QueryVector
    let storedScripts: StoredScripts
    let lookUp: @Sendable (DocumentLookup) throws -> [QueryValue]
    /// The source of a document; nil: there is none.
    var source: @Sendable (_ index: String, _ id: String, _ routing: String?) throws -> [UInt8]? = { _, _, _ in nil }
    /// The mappings of the indices that are searched, for what depends on the types of fields.
    var semantic = SemanticTargets()
    /// Where documents are that a query names by their ids alone.
    var defaultIndex: String?

    /// - Throws: what the embedding of a text, or a lookup, throws.
    func rewrite(_ search: Search) async throws -> Search {
        var search = search
        for index in search.knn.indices {
            search.knn[index].knn = try await rewrite(search.knn[index].knn, isOfQuery: false)
            search.knn[index].innerHits = try await rewrite(search.knn[index].innerHits)
        }
        if let query = search.query { search.query = try await rewrite(query) }
        if let filter = search.postFilter { search.postFilter = try await rewrite(filter) }
        search.rescorers = try await rewrite(search.rescorers)
        if let retriever = search.retriever { search.retriever = try await rewrite(retriever) }
        search.fetch = try await rewrite(search.fetch)
        search.sort = try await rewrite(search.sort)
        if var collapse = search.collapse {
            for index in collapse.innerHits.indices {
                collapse.innerHits[index].fetch = try await rewrite(collapse.innerHits[index].fetch)
                collapse.innerHits[index].sort = try await rewrite(collapse.innerHits[index].sort)
            }
            search.collapse = collapse
        }
        search.aggregations = try await rewrite(search.aggregations)
        return search
    }

    private func rewrite(_ rescorers: [Rescorer]) async throws -> [Rescorer] {
        var rewritten = rescorers
        for index in rescorers.indices {
            switch rescorers[index].kind {
            case .query(var rescore):
                rescore.query = try await rewrite(rescore.query)
                rewritten[index].kind = .query(rescore)
            case .script(let script): rewritten[index].kind = .script(.inline(try storedScripts.resolve(script)))
            }
        }
        return rewritten
    }

    private func rewrite(_ retriever: Retriever) async throws -> Retriever {
        var retriever = retriever
        retriever.filter = try await rewrite(retriever.filter)
        switch retriever.kind {
        case .standard(var standard):
            if let query = standard.query { standard.query = try await rewrite(query) }
            retriever.kind = .standard(standard)
        case .knn(let knn): retriever.kind = .knn(try await rewrite(knn, isOfQuery: false))
        case .fused(var fused):
            for index in fused.children.indices {
                fused.children[index].retriever = try await rewrite(fused.children[index].retriever)
            }
            retriever.kind = .fused(fused)
        case .pinned(var pinned):
            pinned.child = try await rewrite(pinned.child)
            retriever.kind = .pinned(pinned)
        case .rescorer(var rescorer):
            rescorer.child = try await rewrite(rescorer.child)
            rescorer.rescorers = try await rewrite(rescorer.rescorers)
            retriever.kind = .rescorer(rescorer)
        }
        return retriever
    }

    private func rewrite(_ knn: KNNQuery, isOfQuery: Bool) async throws -> KNNQuery {
        var knn = knn
        knn.filter = try await rewrite(knn.filter)
        if let vectors = try await semantic.vectors(for: knn, { try await vector($0, isOfQuery) }) {
            knn.vector = .byEndpoint(vectors)
        } else {
            knn.vector = try await vector(knn.vector, isOfQuery)
        }
        return knn
    }

    private func rewrite(_ query: SemanticQuery) async throws -> SemanticQuery {
        var query = query
        query.vectors = try await semantic.vectors(of: query.text, field: query.field) { try await vector($0, true) }
        query.filter = try await rewrite(query.filter)
        return query
    }

    private func rewrite(_ queries: [Query]) async throws -> [Query] {
        var rewritten: [Query] = []
        for query in queries { rewritten.append(try await rewrite(query)) }
        return rewritten
    }

    private func rewrite(_ item: MoreLikeThisQuery.Item) throws -> MoreLikeThisQuery.Item {
        guard case .stored(let index, let id, let routing) = item, let index = index ?? defaultIndex else { return item }
        return .document(try source(index, id, routing) ?? Array("{}".utf8), id: id)
    }

    func rewrite(_ query: Query) async throws -> Query {
        var query = query
        switch query.kind {
        case .terms(let terms):
            guard let lookup = terms.lookup else { break }
            query.kind = .terms(TermsQuery(field: terms.field, values: try lookUp(lookup)))
        case .match(let match) where semantic.hasField(match.field):
            query.kind = .semantic(try await rewrite(SemanticQuery(match)))
        case .multiMatch(let match):
            guard let (rest, parts) = semantic.split(match) else { break }
            var queries = rest.map { [Query(.multiMatch($0))] } ?? []
            for (part, weight) in parts { queries.append(Query(.semantic(try await rewrite(part)), boost: weight)) }
            query.kind = match.combining(queries)
        case .semantic(let part): query.kind = .semantic(try await rewrite(part))
        case .matchAll, .matchNone, .term, .range, .exists, .ids, .match, .queryString, .pattern, .fuzzy, .geo, .slice, .termsSet,
            .positions:
            break
        case .script(let script): query.kind = .script(.inline(try storedScripts.resolve(script)))
        case .ranked(var ranked):
            ranked.others = try await rewrite(ranked.others)
            query.kind = .ranked(ranked)
        case .moreLikeThis(var like):
            like.like = try like.like.map(rewrite)
            like.unlike = try like.unlike.map(rewrite)
            query.kind = .moreLikeThis(like)
        case .disMax(let queries, let tieBreaker):
            query.kind = .disMax(try await rewrite(queries), tieBreaker: tieBreaker)
        case .boosting(let positive, let negative, let boost):
            query.kind = .boosting(
                positive: try await rewrite(positive), negative: try await rewrite(negative), negativeBoost: boost)
        case .functionScore(var score):
            score.query = try await rewrite(score.query)
            for index in score.functions.indices {
                guard let filter = score.functions[index].filter else { continue }
                score.functions[index].filter = try await rewrite(filter)
            }
            query.kind = .functionScore(score)
        case .join(var join):
            join.query = try await rewrite(join.query)
            join.innerHits = try await rewrite(join.innerHits)
            query.kind = .join(join)
        case .nested(var nested):
            nested.query = try await rewrite(nested.query)
            nested.innerHits = try await rewrite(nested.innerHits)
            query.kind = .nested(nested)
        case .feature(.sparse(let sparse)):
            // No model that is served here gives tokens with weights.
            guard let inference = sparse.inference else { break }
            throw inference.modelID.map { InferenceError.unknownModel(id: $0) as any Error } ?? IndicesError.modelMissing
        case .feature: break
        case .knn(let knn): query.kind = .knn(try await rewrite(knn, isOfQuery: true))
        case .constantScore(let filter): query.kind = .constantScore(filter: try await rewrite(filter))
        case .scriptScore(var script):
            script.query = try await rewrite(script.query)
            script.script = .inline(try storedScripts.resolve(script.script))
            query.kind = .scriptScore(script)
        case .bool(var bool):
            bool.must = try await rewrite(bool.must)
            bool.filter = try await rewrite(bool.filter)
            bool.should = try await rewrite(bool.should)
            bool.mustNot = try await rewrite(bool.mustNot)
            query.kind = .bool(bool)
        }
        return query
    }
}
