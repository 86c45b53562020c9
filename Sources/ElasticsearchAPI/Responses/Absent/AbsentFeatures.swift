public import JSON

/// What APIs that list things answer where there are none, since nothing here makes them: snapshots, policies, jobs. Programs
/// ask for them before they do what they came for.
public enum AbsentFeatures {
    /// - Parameter name: what is asked for; nil: all.
    /// - Returns: nil for an API that is not of this kind.
    /// - Throws: `ElasticsearchError`, 404 for a name.
    public static func answer(_ endpoint: Endpoint, named name: String?) throws(ElasticsearchError) -> JSONValue? {
        let single = name.flatMap { $0 == "_all" || $0.contains("*") ? nil : $0 }
        switch endpoint {
        case .snapshotGetRepository, .ilmGetLifecycle, .slmGetLifecycle, .logstashGetPipeline:
            if let single { throw missing(endpoint, single) }
            return [:]
        case .snapshotGet:
            if let single { throw missing(endpoint, single) }
            return ["snapshots": [], "total": 0, "remaining": 0]
        case .snapshotStatus:
            if let single { throw missing(endpoint, single) }
            return ["snapshots": []]
        case .ilmGetStatus, .slmGetStatus: return ["operation_mode": "STOPPED"]
        case .enrichGetPolicy: return ["policies": []]
        case .featuresGetFeatures: return ["features": []]
        case .licenseGetBasicStatus: return ["eligible_to_start_basic": false]
        case .licenseGetTrialStatus: return ["eligible_to_start_trial": false]
        case .connectorList, .queryRulesListRulesets, .searchApplicationList, .synonymsGetSynonymsSets: return ["count": 0, "results": []]
        case .transformGetTransform, .transformGetTransformStats: return try list("transforms", endpoint, single)
        case .mlGetJobs, .mlGetJobStats: return try list("jobs", endpoint, single)
        case .mlGetDatafeeds, .mlGetDatafeedStats: return try list("datafeeds", endpoint, single)
        case .mlGetDataFrameAnalytics, .mlGetDataFrameAnalyticsStats: return try list("data_frame_analytics", endpoint, single)
        case .rollupGetJobs: return ["jobs": []]
        case .ingestGetGeoipDatabase, .ingestGetIpLocationDatabase:
            if let single { throw missing(endpoint, single) }
            return ["databases": []]
        case .ingestGeoIpStats:
            return [
                "stats": [
                    "successful_downloads": 0, "failed_downloads": 0, "total_download_time": 0, "databases_count": 0,
                    "skipped_updates": 0, "expired_databases": 0,
                ], "nodes": [:],
            ]
        case .migrationGetFeatureUpgradeStatus: return ["features": [], "migration_status": "NO_MIGRATION_NEEDED"]
        case .shutdownGetNode: return ["nodes": []]
        case .sslCertificates: return []
        case .slmGetStats:
            return [
                "retention_runs": 0, "retention_failed": 0, "retention_timed_out": 0, "retention_deletion_time": "0s",
                "retention_deletion_time_millis": 0, "total_snapshots_taken": 0, "total_snapshots_failed": 0,
                "total_snapshots_deleted": 0, "total_snapshot_deletion_failures": 0, "policy_stats": [],
            ]
        case .indicesGetDataLifecycleStats: return ["data_stream_count": 0, "data_streams": []]
        case .mlGetCalendars: return try list("calendars", endpoint, single)
        case .mlGetFilters: return try list("filters", endpoint, single)
        case .migrationDeprecations:
            return [
                "cluster_settings": [], "node_settings": [], "index_settings": [:], "ml_settings": [], "data_streams": [:],
                "templates": [:], "ilm_policies": [:],
            ]
        default: return nil
        }
    }

    private static func list(_ key: String, _ endpoint: Endpoint, _ name: String?) throws(ElasticsearchError) -> JSONValue {
        if let name { throw missing(endpoint, name) }
        return .object(["count": 0, key: []] as JSONMembers)
    }

    private static func missing(_ endpoint: Endpoint, _ name: String) -> ElasticsearchError {
        switch endpoint {
        case .snapshotGetRepository, .snapshotGet, .snapshotStatus:
            ElasticsearchError(status: 404, "repository_missing_exception", "[\(name)] missing")
        case .ilmGetLifecycle: notFound("Lifecycle policy not found: \(name)")
        case .slmGetLifecycle: notFound("snapshot lifecycle policy or policies [\(name)] not found, no policies are configured")
        case .transformGetTransform, .transformGetTransformStats: notFound("Transform with id [\(name)] could not be found")
        case .mlGetJobs, .mlGetJobStats: notFound("No known job with id '\(name)'")
        case .mlGetDatafeeds, .mlGetDatafeedStats: notFound("No datafeed with id [\(name)] exists")
        case .mlGetDataFrameAnalytics, .mlGetDataFrameAnalyticsStats: notFound("No known data frame analytics with id [\(name)]")
        case .mlGetCalendars: notFound("No calendar with id [\(name)]")
        case .ingestGetGeoipDatabase, .ingestGetIpLocationDatabase:
            notFound("No database configuration with id [\(name)] exists")
        case .mlGetFilters: notFound("No filter with id [\(name)]")
        default: notFound("[\(name)] not found")
        }
    }

    private static func notFound(_ reason: String) -> ElasticsearchError {
        ElasticsearchError(status: 404, "resource_not_found_exception", reason)
    }

    /// `_ml/info`: what the machine learning that is here would take.
    public static let machineLearning: JSONValue = [
        "defaults": ["anomaly_detectors": [:], "datafeeds": ["scroll_size": 1000]], "upgrade_mode": false,
        "native_code": ["version": "9.1.0", "build_hash": "unknown"], "limits": [:],
    ]

    /// `_security/_authenticate`: who asks.
    public static func authentication(_ client: ClientIdentity) -> JSONValue {
        let name: String, realm: String, type: String, key: String?
        switch client {
        case .anonymous: (name, realm, type, key) = ("_anonymous", "__anonymous", "anonymous", nil)
        case .user(let user): (name, realm, type, key) = (user, "reserved", "realm", nil)
        case .apiKey(let id, let owner): (name, realm, type, key) = (owner, "_es_api_key", "api_key", id)
        }
        let shown: JSONValue = ["name": .string(realm), "type": .string(realm)]
        var members: JSONMembers = [
            // What a key may do is its own, and not by roles.
            "username": .string(name), "roles": key == nil ? ["superuser"] : [], "full_name": nil, "email": nil, "metadata": [:],
            "enabled": true, "authentication_realm": shown, "lookup_realm": shown, "authentication_type": .string(type),
        ]
        if let key { members["api_key"] = ["id": .string(key), "name": .string(key)] }
        return .object(members)
    }

    /// `_xpack/usage`: which of the features are here.
    public static let usage: JSONValue = {
        let names = [
            "aggregate_metric", "analytics", "archive", "ccr", "data_frame", "data_lifecycle", "data_science", "data_streams", "data_tiers",
            "enrich", "enterprise_search", "eql", "esql", "frozen_indices", "graph", "health_api", "ilm", "inference", "logsdb", "logstash",
            "ml", "monitoring", "remote_clusters", "rollup", "searchable_snapshots", "security", "slm", "spatial", "sql", "transform",
            "universal_profiling", "voting_only", "watcher",
        ]
        let present: Set = ["analytics", "inference", "ml", "spatial", "sql"]
        return .object(
            JSONMembers(names.map { ($0, ["available": .bool(present.contains($0)), "enabled": .bool(present.contains($0))]) }))
    }()

    /// `_script_language`.
    public static let scriptLanguages: JSONValue = [
        "types_allowed": ["inline", "stored"],
        "language_contexts": [
            ["language": "expression", "contexts": ["score"]],
            ["language": "mustache", "contexts": ["template"]],
            ["language": "painless", "contexts": .array(contexts.map { .string($0) })],
        ],
    ]

    /// `_script_context`: the places where scripts run.
    public static let scriptContexts: JSONValue = [
        "contexts": .array(contexts.map { ["name": .string($0), "methods": [["name": "execute", "return_type": "java.lang.Object", "params": []]]] })
    ]

    private static let contexts = ["aggregation_selector", "bucket_aggregation", "ingest", "painless_test", "processor_conditional", "score", "update"]
}
