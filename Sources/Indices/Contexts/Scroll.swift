internal import JSON
internal import Query

/// A search that is read page by page.
actor Scroll {
    private enum Progress {
        /// Documents in any order.
        case scan(DocumentScan)
        /// By score: each page is searched anew, after the last hit.
        case ranked(SearchPosition?)
        case ended
    }

    nonisolated let coordinator: SearchCoordinator
    private let search: Search
    private var progress: Progress?
    /// Of the first page; they stand in every page.
    private var total: SearchResponse.Total?
    private var maximumScore: Float?

    /// - Parameter search: rewritten; `from` is 0 and every hit counts.
    init(_ search: Search, _ coordinator: SearchCoordinator) {
        self.search = search
        self.coordinator = coordinator
    }

    /// - Throws: as `SearchCoordinator.run`.
    func next() async throws -> SearchResponse {
        // Scores that nobody sees, and nearest neighbours, of which there are few, need no ranking of all.
        let isScan =
            search.knn.isEmpty && search.sort?.clauses.first == Sort.Clause(.document, .ascending) && !search.tracksScores
            && search.aggregations.isEmpty && search.suggestions.isEmpty
            && search.postFilter == nil && search.terminateAfter == nil && search.retriever == nil
        switch progress ?? (isScan ? nil : .ranked(nil)) {
        case nil:
            let start = ContinuousClock.now
            let (targets, failures) = try coordinator.targets(of: search)
            if let failure = failures.first { throw failure.error }
            let scan = try await unwrappingFailures { try await DocumentScan(targets) }
            return try page(of: scan, since: start)
        case .scan(let scan): return try page(of: scan, since: .now)
        case .ranked(let position):
            var search = search
            // They are of all that matches: told once.
            if position != nil { (search.aggregations, search.suggestions) = ([], []) }
            var page = try await coordinator.run(search, after: position)
            progress = page.last.map { .ranked($0) } ?? .ended
            total = total ?? page.response.total
            maximumScore = maximumScore ?? page.response.maximumScore
            page.response.maximumScore = maximumScore
            return page.response
        case .ended:
            return SearchResponse(
                took: 0, shards: ShardCounts(total: coordinator.shards.count), total: total, maximumScore: maximumScore,
                hits: [])
        }
    }

    private func page(of scan: DocumentScan, since start: ContinuousClock.Instant) throws -> SearchResponse {
        var scan = scan
        let documents = scan.next(search.size)
        var hits: [SearchResponse.Hit]
        do {
            hits = try HitFetcher(fetch: search.fetch, targets: scan.targets, nearest: []).hits(documents)
        } catch let error as ShardFailures {
            throw error.failures.first?.error ?? error
        }
        for (number, document) in documents.enumerated() where number < hits.count {
            hits[number].score = nil
            hits[number].sort = [.int(Int(document.ordinal))]
        }
        total = SearchResponse.Total(value: scan.count, isExact: true)
        progress = .scan(scan)
        return SearchResponse(
            took: Int(start.duration(to: .now) / .milliseconds(1)), shards: ShardCounts(total: scan.targets.count),
            total: total, maximumScore: nil, hits: hits)
    }
}

/// A failed shard's own error in the place of the list of failures.
func unwrappingFailures<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
        return try await body()
    } catch let error as ShardFailures {
        throw error.failures.first?.error ?? error
    }
}
