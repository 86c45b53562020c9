internal import Indices
internal import Mapping

/// How an `_async_search` is waited for and kept.
public struct AsyncSearchRequest: Equatable, Sendable {
    public var wait = Duration.seconds(1)
    public var keepAlive = AsyncSearchLimits.defaultKeepAlive
    public var isKept = false

    /// - Throws: `ElasticsearchError`.
    public init(_ parameters: QueryParameters) throws(ElasticsearchError) {
        wait = try parameters.duration("wait_for_completion_timeout") ?? wait
        keepAlive = try parameters.duration("keep_alive") ?? keepAlive
        isKept = try parameters.bool("keep_on_completion") ?? isKept
        try Self.check(keepAlive)
        guard parameters["scroll"] == nil else { throw .validation(["[scroll] queries are not supported"]) }
    }

    /// - Throws: `ElasticsearchError`.
    public static func check(_ keepAlive: Duration) throws(ElasticsearchError) {
        guard keepAlive >= AsyncSearchLimits.minimumKeepAlive else {
            throw .validation(["[keep_alive] must be greater or equals than 1 minute, got: \(keepAlive.timeValue)"])
        }
    }
}
