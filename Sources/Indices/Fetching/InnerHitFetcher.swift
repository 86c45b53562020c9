internal import JSON
internal import Query
internal import Shards

/// Shows with hits the nested objects that a search asks for, and with these objects those in them.
struct InnerHitFetcher {
    let targets: [SearchTarget]

    /// - Parameter documents: the hits', or objects', in their order.
    /// - Throws: `ShardFailures`, `IndicesError.invalidDateFormat`.
    func addInnerHits(to hits: inout [SearchResponse.Hit], _ documents: [ScoredDocument]) throws {
        if targets.allSatisfy(\.plan.innerHits.isEmpty) { return }
        for (number, positions) in Dictionary(grouping: documents.indices, by: { documents[$0].shard }) {
            let target = targets[number]
            for plan in target.plan.innerHits {
                let matches: [UInt32: InnerMatches]
                do {
                    matches = try target.view.innerMatches(plan, of: positions.map { documents[$0].ordinal }, mapping: target.mapping)
                } catch {
                    throw ShardFailures(failures: [target.failure(error)])
                }
                // What is wanted of each hit is fetched together.
                let places = positions.flatMap { position in
                    (matches[documents[position].ordinal]?.documents ?? []).map { (position: position, object: $0) }
                }
                let inner = SearchTarget(
                    index: target.index, number: target.number, position: target.position, nodeID: target.nodeID,
                    now: target.now, mapping: target.mapping, plan: plan.search, view: target.view)
                let fetched = try HitFetcher(fetch: plan.fetch, targets: [inner], nearest: [], isOfObjects: true).hits(
                    places.map { ScoredDocument(shard: 0, ordinal: $0.object.ordinal, score: $0.object.score) })
                let shown = Dictionary(grouping: zip(places, fetched), by: \.0.position).mapValues { $0.map(\.1) }
                for position in positions {
                    let own = matches[documents[position].ordinal] ?? InnerMatches()
                    hits[position].innerHits.append((plan.name, plan.answer(own, shown[position] ?? [])))
                }
            }
        }
    }
}

extension InnerHitsPlan {
    /// The plan of the objects as that of a search of its own.
    fileprivate var search: SearchPlan {
        var search = SearchPlan(query: query)
        search.innerHits = nested
        search.scriptFields = scriptFields
        return search
    }

    fileprivate func answer(_ matches: InnerMatches, _ fetched: [SearchResponse.Hit]) -> SearchResponse.InnerHitsAnswer {
        var hits = fetched
        guard let sort, !sort.isDefault else {
            return .init(total: matches.total, maximumScore: matches.maximumScore, hits: hits)
        }
        let showsScore = tracksScores || sort.clauses.contains { $0.key == .score }
        for index in hits.indices {
            let document = matches.documents[index]
            hits[index].sort = sort.clauses.enumerated().map { position, clause in
                switch clause.key {
                case .score: .float(document.score)
                case .document, .shardDocument: .int(Int(document.ordinal))
                case .field:
                    order.keys.indices.contains(position) && matches.keys[index].indices.contains(position)
                        ? order.keys[position].shown(matches.keys[index][position]) : .null
                }
            }
            if !showsScore { hits[index].score = nil }
        }
        return .init(total: matches.total, maximumScore: tracksScores ? matches.maximumScore : nil, hits: hits)
    }
}
