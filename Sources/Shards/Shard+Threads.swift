internal import Dispatch
internal import FieldIndex
internal import Ordinals
internal import Synchronization
internal import VectorIndex

/// The threads of a shard: what blocks is done there.
extension Shard {
    func onGraphs<Value: Sendable>(
        _ body: @escaping @Sendable (Shard) throws(ShardError) -> Value
    ) async throws(ShardError) -> Value {
        try await run(on: graphs, body)
    }

    func onSealer<Value: Sendable>(
        _ body: @escaping @Sendable (Shard) throws(ShardError) -> Value
    ) async throws(ShardError) -> Value {
        try await run(on: sealer, body)
    }

    func onWriter<Value: Sendable>(
        _ body: @escaping @Sendable (Shard) throws(ShardError) -> Value
    ) async throws(ShardError) -> Value {
        try await run(on: writer, body)
    }

    private func run<Value: Sendable>(
        on queue: DispatchQueue, _ body: @escaping @Sendable (Shard) throws(ShardError) -> Value
    ) async throws(ShardError) -> Value {
        let result: Result<Value, ShardError> = await withCheckedContinuation { continuation in
            queue.async {
                do throws(ShardError) {
                    continuation.resume(returning: .success(try body(self)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }
}
