extension [SearchTarget] {
    /// Runs `body` for every target.
    ///
    /// - Parameter isCheap: less work than handing it to other threads.
    /// - Returns: what it returned, in the targets' order.
    /// - Throws: `ShardFailures`, after all have ended.
    func forEachShard<Value: Sendable>(
        isCheap: Bool = false, _ body: @escaping @Sendable (Int, SearchTarget) throws -> Value
    ) async throws -> [Value] {
        if count == 1 || isCheap { return try collected(enumerated().map { $0.element.result($0.offset, body) }) }
        let results = await withTaskGroup(of: (Int, Result<Value, ShardFailure>).self) { group in
            for (number, target) in enumerated() { group.addTask { (number, target.result(number, body)) } }
            var results: [Int: Result<Value, ShardFailure>] = [:]
            for await (number, result) in group { results[number] = result }
            return indices.compactMap { results[$0] }
        }
        return try collected(results)
    }

    private func collected<Value>(_ results: [Result<Value, ShardFailure>]) throws -> [Value] {
        var values: [Value] = []
        var failures: [ShardFailure] = []
        values.reserveCapacity(results.count)
        for result in results {
            switch result {
            case .success(let value): values.append(value)
            case .failure(let failure): failures.append(failure)
            }
        }
        if !failures.isEmpty { throw ShardFailures(failures: failures) }
        return values
    }
}

extension SearchTarget {
    fileprivate func result<Value>(
        _ number: Int, _ body: (Int, SearchTarget) throws -> Value
    ) -> Result<Value, ShardFailure> {
        do {
            return .success(try body(number, self))
        } catch {
            return .failure(failure(error))
        }
    }

    func failure(_ error: any Error) -> ShardFailure {
        ShardFailure(index: index.name, shard: number, nodeID: nodeID, error: error)
    }
}
