/// Which index settings a client may give, and which of them may change while the index is open.
///
/// Most tune how Elasticsearch stores, merges or allocates an index. They are kept and reported but change nothing: this
/// program tunes itself. Settings that would change what a client sees are not listed, so they are refused until they work.
public enum KnownSettings {
    /// When a setting may change.
    public enum Scope: Sendable {
        /// May be changed at any time.
        case dynamic
        /// May be changed while the index is closed.
        case fixedWhileOpen
        /// Fixed when the index is made.
        case final
        /// Made by the node itself.
        case `private`
    }

    /// By key: the scope, and the value where none is given; empty where Elasticsearch shows none.
    private static let settings: [String: (scope: Scope, standard: String)] = [
        "index.analyze.max_token_count": (.dynamic, "10000"),
        "index.auto_expand_replicas": (.dynamic, "false"),
        "index.blocks.metadata": (.dynamic, "false"),
        "index.blocks.read": (.dynamic, "false"),
        "index.blocks.read_only": (.dynamic, "false"),
        "index.blocks.read_only_allow_delete": (.dynamic, "false"),
        "index.blocks.write": (.dynamic, "false"),
        "index.codec": (.fixedWhileOpen, "default"),
        "index.creation_date": (.private, ""),
        "index.default_pipeline": (.dynamic, "_none"),
        "index.final_pipeline": (.dynamic, "_none"),
        "index.gc_deletes": (.dynamic, "60s"),
        "index.hidden": (.dynamic, "false"),
        "index.highlight.max_analyzed_offset": (.dynamic, "1000000"),
        "index.highlight.weight_matches_mode.enabled": (.dynamic, "true"),
        "index.mapping.coerce": (.fixedWhileOpen, "false"),
        "index.mapping.depth.limit": (.dynamic, "20"),
        "index.mapping.dimension_fields.limit": (.dynamic, "32768"),
        "index.mapping.field_name_length.limit": (.dynamic, "9223372036854775807"),
        "index.mapping.nested_fields.limit": (.dynamic, "100"),
        "index.mapping.nested_objects.limit": (.dynamic, "10000"),
        "index.mapping.ignore_above": (.fixedWhileOpen, "2147483647"),
        "index.mapping.ignore_malformed": (.final, "false"),
        "index.mapping.semantic_text.use_legacy_format": (.final, "false"),
        "index.mapping.source.mode": (.final, ""),
        "index.mapping.total_fields.ignore_dynamic_beyond_limit": (.dynamic, "false"),
        "index.mapping.total_fields.limit": (.dynamic, "1000"),
        "index.max_adjacency_matrix_filters": (.dynamic, "100"),
        "index.max_docvalue_fields_search": (.dynamic, "100"),
        "index.max_inner_result_window": (.dynamic, "100"),
        "index.max_ngram_diff": (.dynamic, "1"),
        "index.max_refresh_listeners": (.dynamic, "1000"),
        "index.max_regex_length": (.dynamic, "1000"),
        "index.max_rescore_window": (.dynamic, "10000"),
        "index.max_result_window": (.dynamic, "10000"),
        "index.max_script_fields": (.dynamic, "32"),
        "index.max_shingle_diff": (.dynamic, "3"),
        "index.max_slices_per_scroll": (.dynamic, "1024"),
        "index.max_terms_count": (.dynamic, "65536"),
        "index.mode": (.final, "standard"),
        "index.number_of_replicas": (.dynamic, "1"),
        "index.number_of_routing_shards": (.final, "1"),
        "index.number_of_shards": (.final, "1"),
        "index.priority": (.dynamic, "1"),
        "index.provided_name": (.private, ""),
        "index.queries.cache.enabled": (.fixedWhileOpen, "true"),
        "index.query.default_field": (.dynamic, "*"),
        "index.query_string.lenient": (.fixedWhileOpen, "false"),
        "index.refresh_interval": (.dynamic, "1s"),
        "index.requests.cache.enable": (.dynamic, "true"),
        "index.resize.source.name": (.private, ""),
        "index.resize.source.uuid": (.private, ""),
        "index.search.idle.after": (.dynamic, "30s"),
        "index.shard.check_on_startup": (.fixedWhileOpen, "false"),
        "index.soft_deletes.enabled": (.final, "true"),
        "index.store.type": (.fixedWhileOpen, ""),
        "index.uuid": (.private, ""),
        "index.version.created": (.private, ""),
        "index.write.wait_for_active_shards": (.dynamic, "1"),
    ]
    private static let acceptedPrefixes = [
        "index.allocation.", "index.indexing.", "index.merge.", "index.routing.", "index.search.slowlog.",
        "index.soft_deletes.", "index.store.", "index.translog.", "index.unassigned.",
    ]

    private static let closedPrefixes = ["index.analysis.", SimilaritySettings.prefix]

    static func isAccepted(_ key: String) -> Bool { scope(of: key) != nil }

    /// Nil for a setting that is not known.
    static func scope(of key: String) -> Scope? {
        if let setting = settings[key] { return setting.scope }
        if closedPrefixes.contains(where: { key.hasPrefix($0) }) { return .fixedWhileOpen }
        return acceptedPrefixes.contains { key.hasPrefix($0) } ? .dynamic : nil
    }

    /// The keys that a client may give and that change nothing.
    public static var inert: [String] { keys.filter { !effective.contains($0) && settings[$0]?.scope != .private } }

    /// The keys that can be suggested for one that is not known.
    public static var keys: [String] { settings.keys.sorted() }

    /// The keys of settings that change what the program does.
    public static var effective: [String] {
        keys.filter { key in
            IndexBlock(key: key) != nil
                || [
                    "index.auto_expand_replicas", "index.default_pipeline", "index.final_pipeline", "index.hidden",
                    "index.mapping.depth.limit", "index.mapping.field_name_length.limit", "index.mapping.ignore_malformed",
                    "index.mapping.total_fields.ignore_dynamic_beyond_limit", "index.mapping.total_fields.limit",
                    "index.highlight.max_analyzed_offset", "index.highlight.weight_matches_mode.enabled",
                    "index.mapping.nested_fields.limit", "index.mapping.nested_objects.limit",
                    "index.mapping.semantic_text.use_legacy_format", "index.max_inner_result_window",
                    "index.analyze.max_token_count", "index.mapping.ignore_above", "index.max_docvalue_fields_search",
                    "index.max_regex_length", "index.max_script_fields", "index.max_terms_count",
                    "index.max_result_window", "index.number_of_replicas", "index.number_of_shards", "index.refresh_interval",
                ].contains(key)
        }
    }

    /// What counts where no value is given, by key.
    public static var standardValues: [String: String] {
        settings.filter { !$0.value.standard.isEmpty }.mapValues(\.standard)
    }
}
