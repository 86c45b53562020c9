internal import Foundation
internal import Synchronization

/// Searches that go on when the request for them has been answered, and what came of them.
///
/// They are kept in memory, and are gone when the node ends.
public final class AsyncSearches<Answer: Sendable>: Sendable {
    private let searches = Mutex<[String: AsyncSearch<Answer>]>([:])
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
            guard searches.values.count(where: { $0.status.completion == nil }) < AsyncSearchLimits.maximumRunning else { return false }
            searches[search.id] = search
            return true
        }
        guard isTaken else { throw .tooManyAsyncSearches(limit: AsyncSearchLimits.maximumRunning) }
        let task = Task { [weak self, weight] in
            do {
                let answer = try await body()
                search.end(.success(answer), at: Self.now, weight: weight(answer))
            } catch {
                search.end(.failure(error), at: Self.now)
            }
            // Answers are not kept until somebody asks again.
            self?.searches.withLock { self?.expire(&$0) }
        }
        search.onCancel { task.cancel() }
        return search
    }

    /// - Parameter keepAlive: how long from now on; nil: as long as before.
    /// - Throws: `IndicesError.asyncSearchMissing`.
    public func find(_ id: String, keepAlive: Duration? = nil) throws(IndicesError) -> AsyncSearch<Answer> {
        let found = searches.withLock { searches in
            self.expire(&searches)
            return searches[id]
        }
        guard let found else { throw Self.unknown(id) }
        if let keepAlive { found.extend(keepAlive, from: Self.now) }
        return found
    }

    /// Forgets a search, and ends it if it still runs.
    ///
    /// - Throws: `IndicesError.asyncSearchMissing`.
    public func delete(_ id: String) throws(IndicesError) {
        guard let search = searches.withLock({ $0.removeValue(forKey: id) }) else { throw Self.unknown(id) }
        search.cancel()
    }

    private static func unknown(_ id: String) -> IndicesError {
        DocumentID.couldBeMade(id) ? .asyncSearchMissing(id) : .malformedAsyncSearchID(id)
    }

    /// Forgets a search that nobody will ask for.
    public func release(_ search: AsyncSearch<Answer>) {
        searches.withLock { _ = $0.removeValue(forKey: search.id) }
    }

    private func expire(_ searches: inout [String: AsyncSearch<Answer>]) {
        let now = Self.now
        for (id, search) in searches where search.status.expiry <= now {
            search.cancel()
            searches[id] = nil
        }
        var total = 0
        // The newest are kept.
        let ended = searches.values.filter { $0.status.completion != nil }.sorted { $0.start > $1.start }
        for (index, search) in ended.enumerated() {
            total += search.status.weight
            let isOneTooMany = index == ended.count - 1 && searches.count >= AsyncSearchLimits.maximumKept
            if total > maximumWeight || isOneTooMany { searches[search.id] = nil }
        }
    }

    private static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}
