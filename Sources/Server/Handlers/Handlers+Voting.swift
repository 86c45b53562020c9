internal import ElasticsearchAPI
internal import Indices

extension Handlers {
    /// `POST /_cluster/voting_config_exclusions`
    @Sendable func addVotingExclusions(_ request: APIRequest) throws -> Reply {
        let ids = request.parameters.list("node_ids"), names = request.parameters.list("node_names")
        let excluded: [VotingExclusion]
        switch (ids, names) {
        case (let ids?, nil) where !ids.isEmpty: excluded = ids.map { .id($0) }
        case (nil, let names?) where !names.isEmpty: excluded = names.map { .name($0) }
        default:
            throw ElasticsearchError.illegalArgument(
                "Please set node identifiers correctly. One and only one of [node_name], [node_names] and [node_ids] has to be set")
        }
        if ids?.contains(node.id) == true || names?.contains(node.name) == true {
            throw ElasticsearchError.illegalArgument("[\(node.name)] is the only node of the cluster and cannot be excluded from voting")
        }
        try indices.cluster.addVotingExclusions(excluded)
        return Reply(.empty)
    }

    /// `DELETE /_cluster/voting_config_exclusions`: none of them is waited for, since none is there.
    @Sendable func removeVotingExclusions(_ request: APIRequest) throws -> Reply {
        try indices.cluster.removeVotingExclusions()
        return Reply(.empty)
    }
}
