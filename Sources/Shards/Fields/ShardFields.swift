internal import Dispatch
internal import FieldIndex
internal import Ordinals
internal import Synchronization

/// A shard's field index: segments that searches see, the one that is being gathered, and what waits for it.
///
/// Commits leave their documents here, and one queue gathers them. Its jobs alone change the list of segments; merges of large
/// ones run beside it, and hand their result in when they are done.
final class ShardFields: Sendable {
    /// Documents that a segment is made of at most before they are shown.
    private static let segmentDocuments = 65_536
    private static let segmentBytes = 128 << 20

    private struct Waiting {
        var documents: [IndexedDocument] = []
        /// Ordinals before it were left here.
        var end: UInt32 = 0
    }

    struct Content {
        var builder = SegmentBuilder()
        /// In the order of their ordinals.
        var segments: [Segment]
        var directory: SegmentDirectory
        /// The ordinals of the segments that are being merged elsewhere.
        var merging: Range<UInt32>?
    }

    private let waiting: Mutex<Waiting>
    /// Taken by jobs of the queue only.
    let content: Mutex<Content>
    let queue = DispatchQueue(label: "shard.fields")
    let merger = DispatchQueue(label: "shard.fields.merger", qos: .utility)
    let policy: MergePolicy
    /// Documents up to which a merge is quicker than to bring it to another thread.
    let smallMerge: Int

    init(
        _ segments: [Segment], directory: SegmentDirectory, end: UInt32, policy: MergePolicy = MergePolicy(),
        smallMerge: Int = 65_536
    ) {
        content = Mutex(Content(segments: segments, directory: directory))
        waiting = Mutex(Waiting(end: end))
        self.policy = policy
        self.smallMerge = smallMerge
    }

    // MARK: Writing

    /// Leaves documents of one commit here. To be called in the order of commits, under the lock of the shard's state.
    ///
    /// - Parameter end: the first ordinal that was not given out.
    func add(_ documents: [IndexedDocument], end: UInt32) {
        waiting.withLock { waiting in
            waiting.documents += documents
            waiting.end = end
        }
        if !documents.isEmpty { queue.async { self.gather() } }
    }

    /// Documents that were left and not gathered yet.
    var waitingCount: Int { waiting.withLock { $0.documents.count } }

    /// Returns when what was left until now is gathered.
    func settle() { queue.sync {} }

    private func gather() { content.withLock { content in _ = gather(&content) } }

    /// - Returns: ordinals before it are gathered now.
    private func gather(_ content: inout Content) -> UInt32 {
        let (documents, end) = waiting.withLock { waiting in
            defer { waiting.documents = [] }
            return (waiting.documents, waiting.end)
        }
        for document in documents {
            document.add(to: &content.builder)
            if content.builder.documentCount >= Self.segmentDocuments { finish(&content) }
        }
        if content.builder.byteCount >= Self.segmentBytes { finish(&content) }
        return end
    }

    private func finish(_ content: inout Content) {
        if let segment = content.builder.finish() { content.segments.append(segment) }
    }

    // MARK: Showing

    /// Makes segments of all that was left.
    ///
    /// - Parameters:
    ///   - snapshot: takes the shard's state: what it says was written is in the segments.
    ///   - live: the ordinals whose rows a state needs.
    ///   - alive: the ordinals whose rows are needed at the time of the call, by a state or a view.
    ///   - install: shows segments in place of others of the same documents; called later, when a merge beside has ended.
    /// - Returns: what `snapshot` gave, and the segments.
    func refresh<State: Sendable>(
        _ snapshot: @escaping @Sendable () -> State, live: @escaping @Sendable (State) -> OrdinalSet,
        alive: @escaping @Sendable () -> OrdinalSet,
        install: @escaping @Sendable (FieldIndexView) -> Void
    ) async -> (State, FieldIndexView) {
        await withCheckedContinuation { continuation in
            queue.async { [self] in
                continuation.resume(
                    returning: content.withLock { content in
                        let state = snapshot()
                        _ = gather(&content)
                        finish(&content)
                        merge(&content, alive().union(live(state)), alive: alive, install: install)
                        return (state, FieldIndexView(content.segments))
                    })
            }
        }
    }

    // MARK: Storing

    /// Writes to disk what is not there yet.
    ///
    /// - Parameter minimum: nothing is done for fewer ordinals than these.
    /// - Throws: `FieldIndexError.file`.
    func flush(minimum: Int = 0) async throws(FieldIndexError) {
        let result: Result<Void, FieldIndexError> = await withCheckedContinuation { continuation in
            queue.async { [self] in
                continuation.resume(
                    returning: content.withLock { content in
                        let end = gather(&content)
                        if minimum > 0, Int(end) - Int(content.directory.end) < minimum { return .success(()) }
                        finish(&content)
                        do throws(FieldIndexError) {
                            content.segments = try content.directory.write(content.segments, end: end)
                            return .success(())
                        } catch {
                            return .failure(error)
                        }
                    })
            }
        }
        try result.get()
    }
}
