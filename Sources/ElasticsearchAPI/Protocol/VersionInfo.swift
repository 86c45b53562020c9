public import JSON

/// What `GET /` says: which Elasticsearch this program stands in for.
public struct VersionInfo: Equatable, Sendable {
    /// The Elasticsearch release whose behaviour is followed.
    public static let elasticsearch = "9.1.0"

    public var nodeName: String
    public var clusterName: String
    public var clusterID: String
    /// Reported as `version.number`.
    public var number: String

    public init(nodeName: String, clusterName: String, clusterID: String, number: String = Self.elasticsearch) {
        self.nodeName = nodeName
        self.clusterName = clusterName
        self.clusterID = clusterID
        self.number = number
    }

    public var json: JSONValue {
        [
            "name": .string(nodeName),
            "cluster_name": .string(clusterName),
            "cluster_uuid": .string(clusterID),
            "version": [
                "number": .string(number),
                "build_flavor": "default",
                "build_type": "tar",
                "build_hash": "unknown",
                "build_date": "2025-07-21T00:00:00.000000000Z",
                "build_snapshot": false,
                "lucene_version": "10.2.2",
                "minimum_wire_compatibility_version": "8.19.0",
                "minimum_index_compatibility_version": "8.0.0",
            ],
            "tagline": "You Know, for Search",
        ]
    }
}
