internal import Foundation
internal import Synchronization

/// Searches that go on when the request for them has been answered, and what came of them.
///
/// They are kept in memory, and are gone when the node ends.
public final class AsyncSearches: Sendable {
    /// How long a search may be asked for; from 1 minute.
    public static let defaultKeepAlive = Duration.seconds(5 * 24 * 60 * 60)
    public static let minimumKeepAlive = Duration.seconds(60)
    /// The oldest that have ended go first.
    static let maximumKept = 1000
    /// More at the same time only take the memory of each other's results.
    static let maximumRunning = 100

    private let searches = Mutex<[String: AsyncSearch]>([:])

    init() {}

    /// Starts a search.
    ///
    /// - Throws: `IndicesError.tooManyAsyncSearches`.
    public func start(
        keepAlive: Duration = AsyncSearches.defaultKeepAlive,
        _ body: @escaping @Sendable () async throws -> SearchResponse
    ) throws(IndicesError) -> AsyncSearch {
        let search = AsyncSearch(id: DocumentID.make(), keepAlive: keepAlive, now: Self.now)
        let isTaken = searches.withLock { searches in
            Self.expire(&searches)
            guard searches.values.count(where: { $0.status.completion == nil }) < Self.maximumRunning else { return false }
            searches[search.id] = search
            return true
        }
        guard isTaken else { throw .tooManyAsyncSearches(limit: Self.maximumRunning) }
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
    public func find(_ id: String, keepAlive: Duration? = nil) throws(IndicesError) -> AsyncSearch {
        let found = searches.withLock { searches in
            Self.expire(&searches)
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
    public func release(_ search: AsyncSearch) {
        searches.withLock { _ = $0.removeValue(forKey: search.id) }
    }

    private static func expire(_ searches: inout [String: AsyncSearch]) {
        let now = now
        for (id, search) in searches where search.status.expiry <= now {
            search.cancel()
            searches[id] = nil
        }
        guard searches.count >= maximumKept else { return }
        let ended = searches.values.filter { $0.status.completion != nil }.min { $0.start < $1.start }
        if let ended { searches[ended.id] = nil }
    }

    private static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}
