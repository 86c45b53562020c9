internal import ElasticsearchAPI
internal import Indices

/// Tables of what is not here, or hardly.
extension Handlers {
    /// `GET /_cat/tasks`
    @Sendable func catTasks(_ request: APIRequest) throws -> Reply {
        try reply(request, CatTasks.table(indices.tasks.running, node: node, now: now))
    }

    @Sendable func catNothing(_ request: APIRequest) throws -> Reply {
        try reply(request, CatCluster.nothing(CatCluster.emptyColumns(request.endpoint)))
    }
}
