extension [SearchTarget] {
    /// Runs `body` for every target.
    ///
    /// - Parameter isCheap: less work than handing it to other threads.
    /// - Returns: what it returned, in the targets' order.
    func forEachShard<Value: Sendable>(
        isCheap: Bool = false, _ body: @escaping @Sendable (Int, SearchTarget) throws -> Value
    ) async throws -> [Value] {
        if count == 1 || isCheap { return try enumerated().map { try body($0.offset, $0.element) } }
        return try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            for (number, target) in enumerated() { group.addTask { (number, try body(number, target)) } }
            var values: [Int: Value] = [:]
            for try await (number, value) in group { values[number] = value }
            return indices.compactMap { values[$0] }
        }
    }
}
