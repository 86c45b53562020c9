internal import Foundation
internal import Synchronization

/// Searches that go on when the request for them has been answered, and what came of them.
///
/// They are kept in memory, and are gone when the node ends.
public final class AsyncSearches<Answer: Sendable>: Sendable {
    private struct Kept {
        let search: AsyncSearch<Answer>
        /// Of its answer, once there is one.
        var weight: Int?
    }

    private let searches = Mutex<[String: Kept]>([:])
    private let weight: @Sendable (Answer) -> Int
    private let maximumWeight: Int

    /// - Parameters:
    ///   - maximumWeight: of all answers that are kept.
    ///   - weight: of an answer, in any unit.
    public init(maximumWeight: Int = .max, weight: @escaping @Sendable (Answer) -> Int = { _ in 0 }) {
        self.maximumWeight = maximumWeight
        self.weight = weight
    }

    /// Starts a search.
    ///
    /// - Throws: `IndicesError.tooManyAsyncSearches`.
    public func start(
        keepAlive: Duration = AsyncSearchLimits.defaultKeepAlive,
        _ body: @escaping @Sendable () async throws -> Answer
    ) throws(IndicesError) -> AsyncSearch<Answer> {
        let search = AsyncSearch<Answer>(id: DocumentID.make(), keepAlive: keepAlive, now: Self.now)
        let isTaken = searches.withLock { searches in
            self.expire(&searches)
            guard searches.values.count(where: { $0.search.status.completion == nil }) < AsyncSearchLimits.maximumRunning else { return false }
            searches[search.id] = Kept(search: search)
            return true
        }
        guard isTaken else { throw .tooManyAsyncSearches(limit: AsyncSearchLimits.maximumRunning) }
        let task = Task {
            do {
                search.end(.success(try await body()), at: Self.now)
            } catch {
                search.end(.failure(error), at: Self.now)
            }
        }
        search.onCancel { task.cancel() }
        return search
    }

    /// - Parameter keepAlive: how long from now on; nil: as long as before.
    /// - Throws: `IndicesError.asyncSearchMissing`.
    public func find(_ id: String, keepAlive: Duration? = nil) throws(IndicesError) -> AsyncSearch<Answer> {
        let found = searches.withLock { searches in
            self.expire(&searches)
            return searches[id]?.search
        }
        guard let found else { throw Self.unknown(id) }
        if let keepAlive { found.extend(keepAlive, from: Self.now) }
        return found
    }

    /// Forgets a search, and ends it if it still runs.
    ///
    /// - Throws: `IndicesError.asyncSearchMissing`.
    public func delete(_ id: String) throws(IndicesError) {
        guard let search = searches.withLock({ $0.removeValue(forKey: id) })?.search else { throw Self.unknown(id) }
        search.cancel()
    }

    private static func unknown(_ id: String) -> IndicesError {
        DocumentID.couldBeMade(id) ? .asyncSearchMissing(id) : .malformedAsyncSearchID(id)
    }

    /// Forgets a search that nobody will ask for.
    public func release(_ search: AsyncSearch<Answer>) {
        searches.withLock { _ = $0.removeValue(forKey: search.id) }
    }

    private func expire(_ searches: inout [String: Kept]) {
        let now = Self.now
        for (id, kept) in searches {
            if kept.search.status.expiry <= now {
                kept.search.cancel()
                searches[id] = nil
            } else if kept.weight == nil, let outcome = kept.search.status.outcome {
                searches[id]?.weight = if case .success(let answer) = outcome { weight(answer) } else { 0 }
            }
        }
        var total = 0
        // The newest are kept.
        let ended = searches.values.filter { $0.weight != nil }.sorted { $0.search.start > $1.search.start }
        for (index, kept) in ended.enumerated() {
            total += kept.weight ?? 0
            let isOneTooMany = index == ended.count - 1 && searches.count >= AsyncSearchLimits.maximumKept
            if total > maximumWeight || isOneTooMany { searches[kept.search.id] = nil }
        }
    }

    private static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}
