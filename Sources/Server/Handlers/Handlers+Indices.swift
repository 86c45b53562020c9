internal import ElasticsearchAPI
internal import Indices
internal import JSON
internal import Mapping

extension Handlers {
    /// `PUT /{index}`
    @Sendable func createIndex(_ request: APIRequest) async throws -> Reply {
        let name = try request.capture("index")
        let body = try request.bodyBytes.map { (bytes) throws in try CreateIndexBody(body: bytes) } ?? CreateIndexBody()
        let settings = try body.settings.map { (element) throws in try IndexSettings(element) } ?? IndexSettings()
        let mapping = try body.mappings.map { (element) throws in try Mapping(decoding: element, in: .unbound) } ?? Mapping()
        let metadata = try await indices.createIndex(name, settings: settings, mapping: mapping, aliases: body.aliases)
        return .json(Acknowledgement.created(index: metadata.name))
    }

    /// `DELETE /{index}`
    @Sendable func deleteIndex(_ request: APIRequest) async throws -> Reply {
        let expression = try request.indexExpression(
            IndexDefaults(expansion: [.open, .closed], takesClosed: true, takesAliases: false))
        try indices.checkNamed(expression)
        try await indices.deleteIndices(expression)
        return .json(Acknowledgement.acknowledged)
    }

    /// `HEAD /{index}`
    @Sendable func indexExists(_ request: APIRequest) throws -> Reply {
        Reply(status: indices.exists(try request.indexExpression(.metadata)) ? 200 : 404, .empty)
    }

    /// `GET /{index}`
    @Sendable func getIndex(_ request: APIRequest) throws -> Reply {
        let features = try request.parameters.list("features").map(Self.features) ?? Set(IndexDescription.Feature.allCases)
        let metadata = try indices.metadata(try request.indexExpression(.metadata))
        return .json(
            IndexDescription.json(
                metadata, features: features, flatSettings: try request.flag("flat_settings"),
                includesDefaults: try request.flag("include_defaults")))
    }

    private static func features(_ names: [String]) throws(ElasticsearchError) -> Set<IndexDescription.Feature> {
        var features: Set<IndexDescription.Feature> = []
        for name in names {
            guard let feature = IndexDescription.Feature(rawValue: name) else {
                throw .illegalArgument("No endpoint or operation is available at [\(name)]")
            }
            features.insert(feature)
        }
        return features
    }

    // MARK: Mappings

    /// `GET /{index}/_mapping`
    @Sendable func getMapping(_ request: APIRequest) throws -> Reply {
        .json(IndexDescription.mappings(try indices.metadata(try request.indexExpression(.metadata))))
    }

    /// `PUT /{index}/_mapping`
    @Sendable func putMapping(_ request: APIRequest) throws -> Reply {
        guard let bytes = request.bodyBytes else { return .json(Acknowledgement.acknowledged) }
        let mapping = try Mapping(decoding: try MappingBody(body: bytes).mappings, in: .unbound)
        try indices.putMapping(
            mapping, on: try request.indexExpression(.changing), onlyWriteIndices: try request.flag("write_index_only"))
        return .json(Acknowledgement.acknowledged)
    }

    /// `GET /{index}/_mapping/field/{fields}`
    @Sendable func getFieldMapping(_ request: APIRequest) throws -> Reply {
        let metadata = try indices.metadata(try request.indexExpression(.metadata))
        return .json(FieldMappings.json(
                metadata, request.names("fields") ?? [], includesDefaults: try request.flag("include_defaults")))
    }

    // MARK: Settings

    /// `GET /{index}/_settings/{name}`
    @Sendable func getSettings(_ request: APIRequest) throws -> Reply {
        let metadata = try indices.metadata(try request.indexExpression(.openOrClosed))
        return .json(
            IndexDescription.settings(
                metadata, names: request.names("name"), isFlat: try request.flag("flat_settings"),
                includesDefaults: try request.flag("include_defaults")))
    }

    /// `PUT /{index}/_settings`
    @Sendable func putSettings(_ request: APIRequest) async throws -> Reply {
        let change = try SettingsBody(body: try request.requiredBody()).change
        try await indices.changeSettings(
            change, of: try request.indexExpression(.changing), preservingExisting: try request.flag("preserve_existing"),
            reopening: try request.flag("reopen"))
        return .json(Acknowledgement.acknowledged)
    }

    /// `PUT /{index}/_block/{block}`
    @Sendable func addBlock(_ request: APIRequest) async throws -> Reply {
        let names = try await indices.addBlock(try block(request), to: try request.indexExpression(.metadata))
        return .json(Acknowledgement.blocked(names))
    }

    /// `DELETE /{index}/_block/{block}`
    @Sendable func removeBlock(_ request: APIRequest) async throws -> Reply {
        let names = try await indices.removeBlock(try block(request), from: try request.indexExpression(.metadata))
        return .json(Acknowledgement.unblocked(names))
    }

    private func block(_ request: APIRequest) throws(ElasticsearchError) -> IndexBlock {
        let name = try request.capture("block")
        guard let block = IndexBlock(rawValue: name) else { throw .illegalArgument("No block found with name \(name)") }
        guard block != .readOnlyAllowDelete else {
            throw .validation(["read_only_allow_delete block is for internal use only"])
        }
        return block
    }

    // MARK: Closing and opening

    /// `POST /{index}/_close`
    @Sendable func closeIndex(_ request: APIRequest) async throws -> Reply {
        let expression = try request.indexExpression(.metadata)
        try indices.checkNamed(expression)
        return .json(Acknowledgement.closed(try await indices.closeIndices(expression)))
    }

    /// `POST /{index}/_open`
    @Sendable func openIndex(_ request: APIRequest) async throws -> Reply {
        let expression = try request.indexExpression(IndexDefaults(expansion: .closed, takesClosed: true))
        try indices.checkNamed(expression)
        try await indices.openIndices(expression)
        return .json(["acknowledged": true, "shards_acknowledged": true])
    }

    /// `GET /_resolve/index/{name}`
    @Sendable func resolveIndex(_ request: APIRequest) throws -> Reply {
        let expression = try request.indexExpression(request.names("name") ?? [], .metadata)
        return .json(ResolveResponse.json(try indices.resolveNames(expression)))
    }
}
