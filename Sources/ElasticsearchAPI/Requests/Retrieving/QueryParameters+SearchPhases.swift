extension QueryParameters {
    /// Checks what a URL says of how shards are asked, which changes no hits here.
    ///
    /// - Throws: `ElasticsearchError`.
    func checkSearchPhases(isScroll: Bool) throws(ElasticsearchError) {
        if let size = try int("pre_filter_shard_size"), size < 1 {
            throw .illegalArgument("preFilterShardSize must be >= 1")
        }
        if let count = try int("max_concurrent_shard_requests"), count < 1 {
            throw .illegalArgument("maxConcurrentShardRequests must be >= 1")
        }
        _ = try bool("ccs_minimize_roundtrips")
        if try bool("request_cache") == true, isScroll {
            throw .validation(["[request_cache] cannot be used in a scroll context"])
        }
    }
}
