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
        let mapping = try body.mappings.map { (element) throws in try Mapping(decoding: element) } ?? Mapping()
        try await indices.createIndex(name, settings: settings, mapping: mapping)
        return .json(Acknowledgement.created(index: name))
    }

    /// `DELETE /{index}`
    @Sendable func deleteIndex(_ request: APIRequest) async throws -> Reply {
        let expression = try request.indexExpression()
        guard !expression.patterns.contains(where: { $0 == "_all" || $0.contains("*") }) else {
            throw ElasticsearchError.illegalArgument("Wildcard expressions or all indices are not allowed")
        }
        try await indices.deleteIndices(expression)
        return .json(Acknowledgement.acknowledged)
    }

    /// `GET /_data_stream/{name}`: clients ask whether a name is one before they write. There are none.
    @Sendable func getDataStreams(_ request: APIRequest) throws -> Reply {
        let names = request.captures["name"]?.split(separator: ",").map(String.init) ?? []
        if let name = names.first(where: { !$0.contains("*") && $0 != "_all" }) { throw IndicesError.indexNotFound(name) }
        return .json(["data_streams": []])
    }

    /// `HEAD /{index}`
    @Sendable func indexExists(_ request: APIRequest) throws -> Reply {
        Reply(status: indices.exists(try request.indexExpression()) ? 200 : 404, .empty)
    }

    /// `GET /{index}`
    @Sendable func getIndex(_ request: APIRequest) throws -> Reply {
        guard try request.parameters.bool("include_defaults") != true else {
            throw ElasticsearchError.illegalArgument("[include_defaults] cannot be [true]")
        }
        let features = try request.parameters.list("features").map(Self.features) ?? Set(IndexDescription.Feature.allCases)
        let metadata = try indices.metadata(try request.indexExpression())
        return .json(
            IndexDescription.json(
                metadata, features: features, flatSettings: try request.parameters.bool("flat_settings") ?? false))
    }

    private static func features(_ names: [String]) throws(ElasticsearchError) -> Set<IndexDescription.Feature> {
        var features: Set<IndexDescription.Feature> = []
        for name in names {
            guard let feature = IndexDescription.Feature(rawValue: name) else {
                throw .illegalArgument("unknown feature [\(name)]")
            }
            features.insert(feature)
        }
        return features
    }

    /// `GET /{index}/_mapping`
    @Sendable func getMapping(_ request: APIRequest) throws -> Reply {
        .json(IndexDescription.mappings(try indices.metadata(try request.indexExpression())))
    }

    /// `PUT /{index}/_mapping`
    @Sendable func putMapping(_ request: APIRequest) throws -> Reply {
        guard let bytes = request.bodyBytes else { return .json(Acknowledgement.acknowledged) }
        let mapping = try Mapping(decoding: try MappingBody(body: bytes).mappings)
        try indices.putMapping(mapping, on: try request.indexExpression())
        return .json(Acknowledgement.acknowledged)
    }
}
