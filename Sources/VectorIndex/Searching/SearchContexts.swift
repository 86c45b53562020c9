internal import CVectorKernels
internal import Synchronization

/// Scratch space for one search or insertion at a time.
final class SearchContext: @unchecked Sendable {
    let handle: OpaquePointer
    private var buffer = UnsafeMutableBufferPointer<Float>(start: nil, count: 0)

    init() throws(VectorIndexError) {
        guard let handle = cvk_context_create() else { throw .outOfMemory }
        self.handle = handle
    }

    deinit {
        cvk_context_destroy(handle)
        buffer.deallocate()
    }

    /// Room for a vector's components.
    func components(_ count: Int) -> UnsafeMutableBufferPointer<Float> {
        if buffer.count < count {
            buffer.deallocate()
            buffer = .allocate(capacity: count)
        }
        return buffer
    }

    /// Codes that the last call compared.
    var visited: Int { cvk_context_visited(handle) }

    /// Whether the last call was a scan that left more in doubt than it could keep.
    var isInDoubt: Bool { cvk_context_in_doubt(handle) }

    /// For sealed parts.
    private var sealedContext: SealedContext?

    func sealed() throws(VectorIndexError) -> SealedContext {
        if let sealedContext { return sealedContext }
        let context = try SealedContext()
        sealedContext = context
        return context
    }
}

/// Contexts at rest: at most as many as searches ever ran at once.
final class SearchContexts: Sendable {
    private let idle = Mutex<[SearchContext]>([])

    func withContext<Result>(
        _ body: (SearchContext) throws(VectorIndexError) -> Result
    ) throws(VectorIndexError) -> Result {
        let context: SearchContext
        if let rested = idle.withLock({ $0.popLast() }) { context = rested } else { context = try SearchContext() }
        defer { idle.withLock { $0.append(context) } }
        return try body(context)
    }
}
