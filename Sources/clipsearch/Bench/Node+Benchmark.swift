internal import Logging

extension Node {
    /// Runs `body` against a node on a free port, which is stopped afterwards.
    static func withBenchmarkNode<Result: Sendable>(
        _ settings: Settings, _ body: @escaping @Sendable (Node, _ port: Int) async throws -> Result
    ) async throws -> Result {
        var settings = settings
        settings.port = 0
        settings.logLevel = .critical
        let node = try await Node(settings)
        let started = AsyncStream.makeStream(of: Node.Address.self)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { started.continuation.finish() }
                try await node.serve { started.continuation.yield($0) }
            }
            defer { group.cancelAll() }
            for await address in started.stream { return try await body(node, address.port) }
            try await group.waitForAll()
            throw CancellationError()
        }
    }
}
