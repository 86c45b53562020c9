internal import ElasticsearchAPI

extension Handlers {
    /// `GET /`: what the node is, or the page that shows its pictures where a browser asks.
    @Sendable func info(_ request: APIRequest) -> Reply {
        request.negotiation.prefersHTML ? page(request) : .json(version.json)
    }

    /// `HEAD /`
    @Sendable func ping(_ request: APIRequest) -> Reply {
        Reply(.empty)
    }
}
