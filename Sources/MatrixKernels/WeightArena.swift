internal import CMatrixKernels
internal import Synchronization

/// Memory for packed weights, side by side: with huge pages, each on its own would waste half a page.
///
/// Weights are written once and live about as long as each other, so nothing is given back but whole chunks.
final class WeightArena: Sendable {
    /// Memory that is released when the last weights in it are gone.
    final class Chunk: Sendable {
        nonisolated(unsafe) let memory: UnsafeMutableRawPointer
        let bytes: Int

        init(bytes: Int) throws(MatrixError) {
            guard let memory = cm_allocate(bytes) else { throw .outOfMemory }
            self.memory = memory
            self.bytes = bytes
        }

        deinit { cm_release(memory) }
    }

    private struct State {
        var chunk: Chunk?
        var used = 0
        var total = 0
    }

    /// What is not written to takes no memory, so that the last chunk of an encoder may be mostly empty.
    private static let chunkBytes = 64 << 20
    private static let alignment = 64

    private let state = Mutex(State())

    /// What was handed out, in all chunks together.
    var bytes: Int { state.withLock { $0.total } }

    /// - Returns: `bytes` bytes from `offset` of the chunk, for the caller alone.
    func allocate(_ bytes: Int) throws(MatrixError) -> (chunk: Chunk, offset: Int) {
        let size = (bytes + Self.alignment - 1) / Self.alignment * Self.alignment
        let result = state.withLock { state in
            Result { () throws(MatrixError) in
                if let chunk = state.chunk, size <= chunk.bytes - state.used {
                    defer { state.used += size }
                    state.total += size
                    return (chunk, state.used)
                }
                let chunk = try Chunk(bytes: max(size, Self.chunkBytes))
                (state.chunk, state.used) = (chunk, size)
                state.total += size
                return (chunk, 0)
            }
        }
        return try result.get()
    }
}
