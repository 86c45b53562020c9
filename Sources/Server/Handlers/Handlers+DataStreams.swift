internal import ElasticsearchAPI
internal import Indices
internal import JSON

extension Handlers {
    /// `PUT /_data_stream/{name}`
    @Sendable func createDataStream(_ request: APIRequest) async throws -> Reply {
        try await indices.createDataStream(try request.capture("name"))
        return .json(Acknowledgement.acknowledged)
    }

    /// `GET /_data_stream/{name}`
    @Sendable func getDataStreams(_ request: APIRequest) throws -> Reply {
        .json(
            DataStreamsResponse.streams(try streams(request)) { stream in
                let names = IndexExpression(stream.indices.map(\.name), ignoresUnavailable: true, takesClosed: true)
                return ((try? indices.health(names))?.status.rawValue ?? "red").uppercased()
            })
    }

    /// `DELETE /_data_stream/{name}`
    @Sendable func deleteDataStream(_ request: APIRequest) async throws -> Reply {
        try await indices.deleteDataStreams(request.names("name") ?? [], takesHidden: try takesHidden(request))
        return .json(Acknowledgement.acknowledged)
    }

    /// `GET /_data_stream/{name}/_stats`
    @Sendable func dataStreamStatistics(_ request: APIRequest) async throws -> Reply {
        .json(DataStreamsResponse.statistics(try await indices.dataStreamStatistics(try streams(request))))
    }

    /// `GET /_data_stream/{name}/_lifecycle`, `_options`, `_mappings`, `_settings`
    @Sendable func dataStreamParts(_ request: APIRequest) throws -> Reply {
        let streams = try streams(request)
        switch request.endpoint {
        case .indicesGetDataStreamMappings: return .json(DataStreamsResponse.mappings(streams))
        case .indicesGetDataStreamSettings: return .json(DataStreamsResponse.settings(streams))
        case .indicesGetDataStreamOptions: return .json(["data_streams": []])
        default: return .json(DataStreamsResponse.names(streams))
        }
    }

    private func streams(_ request: APIRequest) throws -> [DataStream] {
        try indices.dataStreams(request.names("name") ?? [], showsHidden: try takesHidden(request))
    }

    private func takesHidden(_ request: APIRequest) throws -> Bool {
        try request.wildcardExpansion()?.contains(.hidden) ?? false
    }
}
