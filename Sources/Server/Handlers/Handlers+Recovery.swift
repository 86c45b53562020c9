internal import ElasticsearchAPI
internal import Indices

extension Handlers {
    /// An endpoint's handler, which first lets the indices that it needs open recover, for as long as the request has time.
    ///
    /// What is only read from or done to metadata, and what tells how things stand, never waits.
    func patientHandler(for endpoint: Endpoint) -> APIResponder.Handler {
        let handler = handler(for: endpoint)
        guard endpoint.needsShards else { return handler }
        return { request in
            if indices.isRecovering {
                await indices.waitUntilRecovered(
                    try request.indexExpression(.everything),
                    upTo: try request.parameters.duration("timeout") ?? Self.recoveryTimeout)
            }
            return try await handler(request)
        }
    }

    private static let recoveryTimeout = Duration.seconds(60)
}

extension Endpoint {
    fileprivate var needsShards: Bool {
        switch self {
        case .info, .ping, .clipsearchApp: false
        case .clipsearchDuplicates, .clipsearchGetImage, .clipsearchGetThumbnail, .clipsearchIndexImage, .clipsearchPutThumbnail, .clipsearchPutThumbnails,
            .clipsearchSearchImage: true
        case .indicesRefresh, .indicesFlush, .indicesForcemerge, .indicesValidateQuery, .indicesSegments, .indicesStats, .sqlQuery: true
        // The APIs of documents and of searching are the ones that belong to no area.
        default: !rawValue.contains(".")
        }
    }
}
