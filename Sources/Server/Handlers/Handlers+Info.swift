internal import ElasticsearchAPI

extension Handlers {
    /// `GET /`
    @Sendable func info(_ request: APIRequest) -> Reply {
        .json(version.json)
    }

    /// `HEAD /`
    @Sendable func ping(_ request: APIRequest) -> Reply {
        Reply(.empty)
    }
}
