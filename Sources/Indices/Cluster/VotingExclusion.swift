public import JSON

/// A node that shall have no vote in who leads the cluster. There is one node, which leads: others are kept and shown.
///
/// Reference: https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-cluster-post-voting-config-exclusions
public struct VotingExclusion: Equatable, Sendable {
    /// What stands for the half of a node's identity that nobody knows.
    private static let absent = "_absent_"
    private static let maximum = 10

    public var nodeID: String
    public var nodeName: String

    /// A node that is not there, by its id.
    public static func id(_ id: String) -> VotingExclusion { VotingExclusion(nodeID: id, nodeName: absent) }

    /// The same by its name.
    public static func name(_ name: String) -> VotingExclusion { VotingExclusion(nodeID: absent, nodeName: name) }

    private init(nodeID: String, nodeName: String) {
        self.nodeID = nodeID
        self.nodeName = nodeName
    }

    init?(_ value: JSONValue) {
        guard let id = value["node_id"]?.string, let name = value["node_name"]?.string else { return nil }
        self.init(nodeID: id, nodeName: name)
    }

    public var json: JSONValue { ["node_id": .string(nodeID), "node_name": .string(nodeName)] }

    /// `former` with others.
    ///
    /// - Throws: `IndicesError.tooManyVotingExclusions`.
    static func adding(_ exclusions: [VotingExclusion], to former: [VotingExclusion]) throws(IndicesError) -> [VotingExclusion] {
        var added: [VotingExclusion] = []
        for exclusion in exclusions where !former.contains(exclusion) && !added.contains(exclusion) { added.append(exclusion) }
        guard former.count + added.count <= maximum else {
            throw .tooManyVotingExclusions(adding: added.count, former: former.count, limit: maximum)
        }
        return former + added
    }
}

extension ClusterStore {
    /// - Throws: `IndicesError`: `.tooManyVotingExclusions`, `.file`; nothing is changed then.
    public func addVotingExclusions(_ exclusions: [VotingExclusion]) throws(IndicesError) {
        try change { (metadata) throws(IndicesError) in
            metadata.votingExclusions = try VotingExclusion.adding(exclusions, to: metadata.votingExclusions)
        }
    }

    /// - Throws: `IndicesError.file`.
    public func removeVotingExclusions() throws(IndicesError) {
        try change { (metadata) throws(IndicesError) in metadata.votingExclusions = [] }
    }
}
