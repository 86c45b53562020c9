extension Endpoint {
    /// Refuses a body where none is taken, and the want of one where it is needed.
    public func checkBody(isGiven: Bool, method: String, path: String) throws(ElasticsearchError) {
        switch (specification.body, isGiven) {
        case (.none, true): throw .illegalArgument("request [\(method) \(path)] does not support having a body")
        case (.required, false):
            switch self {
            case .mlInferTrainedModel, .mlInferTrainedModelDeployment:
                throw ElasticsearchError(status: 400, "status_exception", "requires body")
            default: throw ElasticsearchError(status: 400, "parse_exception", "request body is required")
            }
        case (.none, false), (.optional, _), (.required, true): break
        }
    }
}
