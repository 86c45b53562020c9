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

    /// What a setting changes.
    private enum Effect {
        /// It says something of this program.
        case acted
        /// It is kept and shown.
        case inert
        /// It is the node that says it.
        case shown
    }

    /// By key: the scope, and the value where none is given; empty where Elasticsearch shows none.
    private static let settings: [String: (scope: Scope, standard: String, effect: Effect)] = [
        "index.analyze.max_token_count": (.dynamic, "10000", .acted),
        "index.auto_expand_replicas": (.dynamic, "false", .acted),
        "index.blocks.metadata": (.dynamic, "false", .acted),
        "index.blocks.read": (.dynamic, "false", .acted),
        "index.blocks.read_only": (.dynamic, "false", .acted),
        "index.blocks.read_only_allow_delete": (.dynamic, "false", .acted),
        "index.blocks.write": (.dynamic, "false", .acted),
        "index.codec": (.fixedWhileOpen, "default", .inert),
        "index.creation_date": (.private, "", .shown),
        "index.default_pipeline": (.dynamic, "_none", .acted),
        "index.final_pipeline": (.dynamic, "_none", .acted),
        "index.gc_deletes": (.dynamic, "60s", .inert),
        "index.hidden": (.dynamic, "false", .acted),
        "index.highlight.max_analyzed_offset": (.dynamic, "1000000", .acted),
        "index.highlight.weight_matches_mode.enabled": (.dynamic, "true", .acted),
        "index.mapping.coerce": (.fixedWhileOpen, "false", .acted),
        "index.mapping.depth.limit": (.dynamic, "20", .acted),
        "index.mapping.dimension_fields.limit": (.dynamic, "32768", .inert),
        "index.mapping.field_name_length.limit": (.dynamic, "9223372036854775807", .acted),
        "index.mapping.nested_fields.limit": (.dynamic, "100", .acted),
        "index.mapping.nested_objects.limit": (.dynamic, "10000", .acted),
        "index.mapping.ignore_above": (.fixedWhileOpen, "2147483647", .acted),
        "index.mapping.ignore_malformed": (.final, "false", .acted),
        "index.mapping.semantic_text.use_legacy_format": (.final, "false", .acted),
        "index.mapping.source.mode": (.final, "", .inert),
        "index.mapping.total_fields.ignore_dynamic_beyond_limit": (.dynamic, "false", .acted),
        "index.mapping.total_fields.limit": (.dynamic, "1000", .acted),
        "index.max_adjacency_matrix_filters": (.dynamic, "100", .inert),
        "index.max_docvalue_fields_search": (.dynamic, "100", .acted),
        "index.max_inner_result_window": (.dynamic, "100", .acted),
        "index.max_ngram_diff": (.dynamic, "1", .acted),
        "index.max_refresh_listeners": (.dynamic, "1000", .inert),
        "index.max_regex_length": (.dynamic, "1000", .acted),
        "index.max_rescore_window": (.dynamic, "10000", .acted),
        "index.max_result_window": (.dynamic, "10000", .acted),
        "index.max_script_fields": (.dynamic, "32", .acted),
        "index.max_shingle_diff": (.dynamic, "3", .acted),
        "index.max_slices_per_scroll": (.dynamic, "1024", .acted),
        "index.max_terms_count": (.dynamic, "65536", .acted),
        "index.mode": (.final, "standard", .inert),
        "index.number_of_replicas": (.dynamic, "1", .acted),
        "index.number_of_routing_shards": (.final, "1", .inert),
        "index.number_of_shards": (.final, "1", .acted),
        "index.priority": (.dynamic, "1", .inert),
        "index.provided_name": (.private, "", .shown),
        "index.queries.cache.enabled": (.fixedWhileOpen, "true", .inert),
        "index.query.default_field": (.dynamic, "*", .acted),
        "index.query_string.lenient": (.fixedWhileOpen, "false", .acted),
        "index.refresh_interval": (.dynamic, "1s", .acted),
        "index.requests.cache.enable": (.dynamic, "true", .inert),
        "index.resize.source.name": (.private, "", .shown),
        "index.resize.source.uuid": (.private, "", .shown),
        "index.search.idle.after": (.dynamic, "30s", .inert),
        "index.shard.check_on_startup": (.fixedWhileOpen, "false", .inert),
        "index.soft_deletes.enabled": (.final, "true", .inert),
        "index.store.type": (.fixedWhileOpen, "", .inert),
        "index.uuid": (.private, "", .shown),
        "index.version.created": (.private, "", .shown),
        "index.write.wait_for_active_shards": (.dynamic, "1", .acted),
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
    public static var inert: [String] { keys.filter { settings[$0]?.effect == .inert } }

    /// The keys that can be suggested for one that is not known.
    public static var keys: [String] { settings.keys.sorted() }

    /// The keys of settings that change what the program does.
    public static var effective: [String] { keys.filter { settings[$0]?.effect == .acted } }

    /// What counts where no value is given, by key.
    public static var standardValues: [String: String] {
        settings.filter { !$0.value.standard.isEmpty }.mapValues(\.standard)
    }
}
