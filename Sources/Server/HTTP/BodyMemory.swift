internal import ElasticsearchAPI
internal import FoundationEssentials
internal import JSON
internal import Synchronization

/// The memory that the bodies of all requests under way may take together.
///
/// Elasticsearch's `in_flight_requests` circuit breaker.
final class BodyMemory: Sendable {
    /// A quarter of the machine's memory, and not more than 1 GiB.
    static var defaultLimit: Int { Int(clamping: min(ProcessInfo.processInfo.physicalMemory / 4, 1 << 30)) }

    let limit: Int
    private let used = Mutex(0)

    init(limit: Int = BodyMemory.defaultLimit) {
        self.limit = limit
    }

    /// Nothing yet; grows with the body.
    func reservation() -> Reservation { Reservation(self) }

    /// What one request holds, until it is released.
    final class Reservation: Sendable {
        private let memory: BodyMemory
        private let bytes = Mutex(0)

        fileprivate init(_ memory: BodyMemory) {
            self.memory = memory
        }

        /// - Throws: 429 where the bodies of all requests would be more than the limit.
        func grow(by count: Int) throws(ElasticsearchError) {
            try memory.take(count)
            bytes.withLock { $0 += count }
        }

        func release() {
            let count = bytes.withLock { bytes in
                defer { bytes = 0 }
                return bytes
            }
            memory.used.withLock { $0 -= count }
        }
    }

    private func take(_ count: Int) throws(ElasticsearchError) {
        let wanted = used.withLock { used in
            let wanted = used + count
            if wanted <= limit { used = wanted }
            return wanted
        }
        guard wanted > limit else { return }
        throw ElasticsearchError(
            status: 429, "circuit_breaking_exception",
            "[in_flight_requests] Data too large, data for [<http_request>] would be [\(wanted)b], which is larger than the "
                + "limit of [\(limit)b]",
            extra: ["bytes_wanted": .int(wanted), "bytes_limit": .int(limit), "durability": "TRANSIENT"])
    }
}
