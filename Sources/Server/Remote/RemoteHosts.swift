internal import Indices
internal import Mapping

/// The nodes that `_reindex` may read from: `reindex.remote.whitelist`.
struct RemoteHosts: Sendable {
    private let patterns: [WildcardPattern]

    /// - Parameter patterns: `host:port`, with `*` for any run of characters.
    init(_ patterns: [String] = []) {
        self.patterns = patterns.map { WildcardPattern($0) }
    }

    /// - Parameter host: `host:port`.
    /// - Throws: `IndicesError.remoteNotAllowed`.
    func check(_ host: String) throws(IndicesError) {
        guard patterns.contains(where: { $0.matches(host) }) else { throw .remoteNotAllowed(host) }
    }
}
