/// Which index settings a client may give.
///
/// Those listed here tune how Elasticsearch stores, merges or allocates an index. They are kept and reported but change
/// nothing: this program tunes itself. Settings that would change what a client sees are not listed, so they are refused
/// until they work.
enum KnownSettings {
    private static let accepted: Set<String> = [
        "index.auto_expand_replicas", "index.codec", "index.gc_deletes", "index.hidden", "index.mapping.coerce",
        "index.mapping.depth.limit", "index.mapping.dimension_fields.limit", "index.mapping.field_name_length.limit",
        "index.mapping.nested_fields.limit", "index.mapping.nested_objects.limit", "index.mapping.total_fields.limit",
        "index.max_inner_result_window", "index.max_ngram_diff", "index.max_refresh_listeners", "index.max_regex_length",
        "index.max_rescore_window", "index.max_script_fields", "index.max_shingle_diff", "index.max_slices_per_scroll",
        "index.number_of_routing_shards", "index.priority", "index.queries.cache.enabled",
        "index.requests.cache.enable", "index.search.idle.after", "index.write.wait_for_active_shards",
    ]
    private static let acceptedPrefixes = [
        "index.allocation.", "index.indexing.", "index.merge.", "index.routing.", "index.search.slowlog.",
        "index.soft_deletes.", "index.store.", "index.translog.", "index.unassigned.",
    ]

    static func isAccepted(_ key: String) -> Bool {
        accepted.contains(key) || acceptedPrefixes.contains { key.hasPrefix($0) }
    }
}
