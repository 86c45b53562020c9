internal import ElasticsearchAPI
internal import Indices
internal import JSON
internal import Query

extension Handlers {
    /// `GET /{index}/_field_caps`
    @Sendable func fieldCapabilities(_ request: APIRequest) async throws -> Reply {
        let decoded = try FieldCapabilitiesRequest(body: request.bodyBytes, parameters: request.parameters)
        var metadata = try indices.metadata(try request.indexExpression())
        if let filter = decoded.indexFilter {
            var kept: [IndexMetadata] = []
            let search = Search(query: filter, size: 0, trackTotalHits: .exactly)
            for index in metadata where try await indices.search(search, in: IndexExpression([index.name])).total?.value != 0 {
                kept.append(index)
            }
            metadata = kept
        }
        var selection = decoded.selection
        if try request.parameters.bool("include_empty_fields") == false {
            selection.present = Dictionary(uniqueKeysWithValues: metadata.map { ($0.name, indices.presentFields(of: $0.name)) })
        }
        return .json(FieldCapabilities(metadata, selection).json)
    }

    /// `GET /{index}/_validate/query`
    @Sendable func validateQuery(_ request: APIRequest) async throws -> Reply {
        let explains = try request.flag("explain") || request.flag("rewrite")
        let metadata = try indices.metadata(try request.indexExpression())
        let query: Query
        do {
            query = try QueryBody(body: request.bodyBytes, parameters: request.parameters).query ?? .matchAll
        } catch {
            return .json(QueryValidation.unreadable(error, explains: explains))
        }
        var results: [QueryValidation.Result] = []
        for index in metadata {
            do {
                results.append(.init(index: index.name, .success(try await indices.notation(of: query, in: index.name))))
            } catch {
                results.append(.init(index: index.name, .failure(ElasticsearchError(error) ?? .internalError)))
            }
        }
        return .json(QueryValidation.json(results, explains: explains))
    }

    /// `GET /{index}/_search_shards`
    @Sendable func searchShards(_ request: APIRequest) throws -> Reply {
        let found = try indices.searchedShards(try request.indexExpression(), routing: request.parameters["routing"])
        return .json(ShardsResponse.searchShards(found, node: node))
    }
}
