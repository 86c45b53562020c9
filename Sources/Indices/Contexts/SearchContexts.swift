internal import Synchronization

/// The open scrolls and points in time of a node.
///
/// Views never change, so a context is nothing but the views that it holds until it is closed or expires. What they show
/// cannot be purged meanwhile, which is why their number and time are limited.
final class SearchContexts: Sendable {
    typealias Clock = @Sendable () -> ContinuousClock.Instant

    enum Content: Sendable {
        case scroll(Scroll)
        case pointInTime([SearchShard])

        var kind: SearchContextKind {
            switch self {
            case .scroll: .scroll
            case .pointInTime: .pointInTime
            }
        }

        fileprivate var shards: [SearchShard] {
            switch self {
            case .scroll(let scroll): scroll.coordinator.shards
            case .pointInTime(let shards): shards
            }
        }
    }

    private struct Context {
        var content: Content
        var keepAlive: Duration
        var expiry: ContinuousClock.Instant
    }

    private struct State {
        var contexts: [SearchContextID: Context] = [:]
        var counts: [SearchContextKind: Int] = [:]
        var lastNumber = 0

        @discardableResult
        mutating func remove(_ id: SearchContextID) -> Bool {
            guard contexts.removeValue(forKey: id) != nil else { return false }
            counts[id.kind, default: 1] -= 1
            return true
        }
    }

    /// Elasticsearch's `search.max_open_scroll_context`, for each kind.
    static let maximumOpen = 500
    /// How often expired ones are looked for while any are open.
    private static let sweepInterval = Duration.seconds(10)

    private let state = Mutex(State())
    private let now: Clock
    private let limit: Int
    private let longest: @Sendable () -> Duration
    private let sweeps = Atomic(false)

    /// - Parameters:
    ///   - longest: how long a context may be wanted to stay: `search.max_keep_alive`.
    ///   - now: tests turn the clock.
    init(
        limit: Int = SearchContexts.maximumOpen, longest: @escaping @Sendable () -> Duration = { KeepAliveSettings.standardMaximum },
        now: @escaping Clock = { .now }
    ) {
        self.limit = limit
        self.longest = longest
        self.now = now
    }

    var count: Int { state.withLock { $0.contexts.count } }

    /// - Throws: `IndicesError.keepAliveTooLong`, `.tooManySearchContexts`.
    func open(_ content: Content, keepAlive: Duration) throws(IndicesError) -> String {
        try check(keepAlive)
        let moment = now()
        let id = state.withLock { state -> SearchContextID? in
            Self.expire(&state, at: moment)
            guard state.counts[content.kind, default: 0] < limit else { return nil }
            state.lastNumber += 1
            let id = SearchContextID(kind: content.kind, number: state.lastNumber, secret: DocumentID.make())
            state.counts[content.kind, default: 0] += 1
            state.contexts[id] = Context(content: content, keepAlive: keepAlive, expiry: moment + keepAlive)
            return id
        }
        guard let id else { throw .tooManySearchContexts(kind: content.kind, limit: limit) }
        sweep()
        return id.text
    }

    /// Finds a context, and begins its time anew.
    ///
    /// - Parameter keepAlive: how long from now on; nil: as long as before.
    /// - Throws: `IndicesError.malformedContextID`, `.searchContextMissing`, `.keepAliveTooLong`.
    func find(_ text: String, kind: SearchContextKind, keepAlive: Duration?) throws(IndicesError) -> Content {
        if let keepAlive { try check(keepAlive) }
        guard let id = SearchContextID(text, kind: kind) else { throw .malformedContextID(text, kind: kind) }
        let moment = now()
        let content = state.withLock { state -> Content? in
            Self.expire(&state, at: moment)
            guard var context = state.contexts[id] else { return nil }
            context.keepAlive = keepAlive ?? context.keepAlive
            context.expiry = max(context.expiry, moment + context.keepAlive)
            state.contexts[id] = context
            return context.content
        }
        guard let content else { throw .searchContextMissing(number: id.number) }
        return content
    }

    /// - Returns: how many there were.
    /// - Throws: `IndicesError.malformedContextID`; nothing is closed then.
    func close(_ texts: [String], kind: SearchContextKind) throws(IndicesError) -> Int {
        var ids: [SearchContextID] = []
        for text in texts {
            guard let id = SearchContextID(text, kind: kind) else { throw .malformedContextID(text, kind: kind) }
            ids.append(id)
        }
        let moment = now()
        return state.withLock { state in
            Self.expire(&state, at: moment)
            return ids.reduce(0) { $0 + (state.remove($1) ? 1 : 0) }
        }
    }

    /// - Returns: how many there were.
    @discardableResult
    func closeAll(_ kind: SearchContextKind) -> Int {
        let moment = now()
        return state.withLock { state in
            Self.expire(&state, at: moment)
            return state.contexts.keys.filter { $0.kind == kind }.reduce(0) { $0 + (state.remove($1) ? 1 : 0) }
        }
    }

    /// Closes what shows documents of this index alone: it is no more.
    func closeAll(of index: Index) {
        state.withLock { state in
            for (id, context) in state.contexts {
                let shards = context.content.shards
                if !shards.isEmpty, shards.allSatisfy({ $0.index === index }) { state.remove(id) }
            }
        }
    }

    /// Lets go of what has expired.
    func expire() {
        let moment = now()
        state.withLock { Self.expire(&$0, at: moment) }
    }

    private static func expire(_ state: inout State, at moment: ContinuousClock.Instant) {
        for (id, context) in state.contexts where context.expiry <= moment { state.remove(id) }
    }

    /// - Throws: `IndicesError.keepAliveTooLong`.
    func check(_ keepAlive: Duration) throws(IndicesError) {
        let longest = longest()
        guard keepAlive <= longest else { throw .keepAliveTooLong(requested: keepAlive, limit: longest) }
    }

    /// Looks for expired ones until none is open.
    private func sweep() {
        guard !sweeps.exchange(true, ordering: .acquiringAndReleasing) else { return }
        Task { [weak self] in
            while let isEmpty = await self?.sweepOnce(), !isEmpty {}
        }
    }

    private func sweepOnce() async -> Bool {
        try? await Task.sleep(for: Self.sweepInterval)
        expire()
        guard count == 0 else { return false }
        sweeps.store(false, ordering: .releasing)
        // One that was opened meanwhile found a sweep under way.
        if count > 0 { sweep() }
        return true
    }
}
