internal import ElasticsearchAPI
internal import Indices

/// Tables of what is not here, or hardly.
extension Handlers {
    /// `GET /_cat/tasks`
    @Sendable func catTasks(_ request: APIRequest) throws -> Reply {
        try reply(request, CatTasks.table(indices.tasks.running, node: node, now: now))
    }

    /// `GET /_cat/circuit_breaker/{circuit_breaker_patterns}`
    @Sendable func catCircuitBreaker(_ request: APIRequest) throws -> Reply {
        try reply(
            request,
            CatCluster.circuitBreakers(node, matching: request.names("circuit_breaker_patterns"), units: try CatUnits(request.parameters)))
    }

    @Sendable func catNothing(_ request: APIRequest) throws -> Reply {
        try reply(request, CatCluster.nothing(CatCluster.emptyColumns(request.endpoint)))
    }
}
