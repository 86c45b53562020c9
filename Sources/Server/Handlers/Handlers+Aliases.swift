internal import ElasticsearchAPI
internal import Indices
internal import JSON

extension Handlers {
    /// `PUT /{index}/_alias/{name}`
    @Sendable func putAlias(_ request: APIRequest) async throws -> Reply {
        let body = try request.bodyBytes.map { (bytes) throws in try PutAliasBody(body: bytes) } ?? PutAliasBody()
        let patterns = request.names("index") ?? body.index.map(APIRequest.splitNames) ?? []
        guard let alias = request.captures["name"] ?? body.alias, !alias.isEmpty else {
            throw ElasticsearchError.illegalArgument("[alias] can't be empty string")
        }
        let action = AliasAction.add(indices: patterns, aliases: [alias], body.metadata)
        return .json(AliasesResponse.updated([action], missing: try await indices.updateAliases([action])))
    }

    /// `DELETE /{index}/_alias/{name}`
    @Sendable func deleteAlias(_ request: APIRequest) async throws -> Reply {
        let action = AliasAction.remove(
            indices: request.names("index") ?? [], aliases: request.names("name") ?? [], mustExist: nil)
        return .json(AliasesResponse.updated([action], missing: try await indices.updateAliases([action])))
    }

    /// `POST /_aliases`
    @Sendable func updateAliases(_ request: APIRequest) async throws -> Reply {
        let actions = try UpdateAliasesBody(body: try request.requiredBody()).actions
        return .json(AliasesResponse.updated(actions, missing: try await indices.updateAliases(actions)))
    }

    /// `GET /{index}/_alias/{name}`
    @Sendable func getAlias(_ request: APIRequest) throws -> Reply {
        let (found, missing) = try aliases(request)
        let answer = AliasesResponse.json(found, missing: missing)
        return .json(answer.json, status: answer.status)
    }

    /// `HEAD /{index}/_alias/{name}`
    @Sendable func aliasExists(_ request: APIRequest) throws -> Reply {
        let (found, missing) = try aliases(request)
        return Reply(status: missing.isEmpty && !found.isEmpty ? 200 : 404, .empty)
    }

    private func aliases(
        _ request: APIRequest
    ) throws -> (found: [(index: String, aliases: [String: AliasMetadata])], missing: [String]) {
        let names = request.names("name") ?? []
        return try indices.aliases(names, of: try request.indexExpression(.everything), keepsIndicesWithout: names.isEmpty)
    }

    /// `POST /{alias}/_rollover/{new_index}`
    @Sendable func rollover(_ request: APIRequest) async throws -> Reply {
        let body = try request.bodyBytes.map { (bytes) throws in try RolloverBody(body: bytes) } ?? RolloverBody()
        let isDryRun = try request.flag("dry_run")
        let settings = try body.settings.map { (element) throws in try IndexSettings(element) } ?? IndexSettings()
        let outcome = try await indices.rollOver(
            Rollover(
                alias: try request.capture("alias"), newIndex: request.captures["new_index"], conditions: body.conditions,
                isDryRun: isDryRun),
            settings: settings, mapping: body.mappings, aliases: body.aliases)
        return .json(outcome.json(isDryRun: isDryRun))
    }
}
