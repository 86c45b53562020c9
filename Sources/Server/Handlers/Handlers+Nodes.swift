internal import ElasticsearchAPI
internal import Foundation
internal import Indices
internal import Ingest

extension Handlers {
    /// `GET /_nodes/{node_id}/{metric}`
    @Sendable func nodesInfo(_ request: APIRequest) throws -> Reply {
        var selection = request.captures["node_id"], metrics = request.captures["metric"]
        // One segment may be either.
        if selection == nil, let text = metrics, !NodesResponse.isInfoMetrics(text) { (selection, metrics) = (text, nil) }
        if metrics == nil, let text = selection, NodesResponse.isInfoMetrics(text), text != "_all" {
            (selection, metrics) = (nil, text)
        }
        return .json(try NodesResponse(node, selecting: selection).info(metrics: metrics, path: request.path))
    }

    /// `GET /_nodes/{node_id}/usage/{metric}`
    @Sendable func nodesUsage(_ request: APIRequest) throws -> Reply {
        .json(
            try NodesResponse(node, selecting: request.captures["node_id"]).usage(
                metrics: request.captures["metric"], now: now, path: request.path))
    }

    /// `GET /_nodes/{node_id}/stats/{metric}`
    @Sendable func nodesStatistics(_ request: APIRequest) throws -> Reply {
        let total = try StatisticsResponse(
            try indices.statistics(.everything), metrics: request.captures["index_metric"], path: request.path
        ).total
        return .json(
            try NodesResponse(node, selecting: request.captures["node_id"]).statistics(
                metrics: request.captures["metric"], indices: total, ingest: pipelines.statistics, now: now, path: request.path))
    }

    /// `GET /_nodes/{node_id}/hot_threads`: no threads are sampled.
    @Sendable func hotThreads(_ request: APIRequest) -> Reply {
        Reply(.text("::: {\(node.name)}{\(node.id)}{\(node.host)}{\(node.httpAddress)}{\(NodeFacts.roleLetters)}\n"))
    }

    /// What there is to say of the node now.
    var node: NodeFacts {
        NodeFacts(indices.directory, name: version.nodeName, clusterName: version.clusterName, host: host, port: port)
    }

    /// Milliseconds since 1970.
    var now: Int64 { Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)) }
}
