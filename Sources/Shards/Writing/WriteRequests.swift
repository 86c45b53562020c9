internal import Synchronization

/// Writes that wait for the next commit.
///
/// Whoever finds no commit under way starts one; all who come while it runs share the next.
final class WriteRequests: Sendable {
    struct Request: Sendable {
        var operations: [ShardOperation]
        var completion: @Sendable ([Result<ShardWriteResult, WriteRefusal>]) -> Void
    }

    private struct Waiting {
        var requests: [Request] = []
        var isDraining = false
    }

    /// As many operations as one transaction takes, unless a single request has more.
    private static let maximumGroup = 16_384

    private let waiting = Mutex(Waiting())

    /// - Returns: whether the caller has to start draining.
    func add(_ request: sending Request) -> Bool {
        waiting.withLock { [request] waiting in
            waiting.requests.append(request)
            defer { waiting.isDraining = true }
            return !waiting.isDraining
        }
    }

    /// The requests of the next commit; nil when none wait, and then draining is over.
    func next() -> [Request]? {
        waiting.withLock { waiting in
            guard !waiting.requests.isEmpty else {
                waiting.isDraining = false
                return nil
            }
            var operations = 0
            let group = waiting.requests.prefix { request in
                defer { operations += request.operations.count }
                return operations == 0 || operations + request.operations.count <= Self.maximumGroup
            }
            waiting.requests.removeFirst(group.count)
            return Array(group)
        }
    }
}
