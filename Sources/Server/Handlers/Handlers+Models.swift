internal import ElasticsearchAPI
internal import Foundation
internal import Inference
internal import JSON

extension Handlers {
    /// `GET /_ml/trained_models/{model_id}`
    @Sendable func getModels(_ request: APIRequest) async throws -> Reply {
        let parameters = request.parameters
        let excludesGenerated = try parameters.bool("exclude_generated") ?? false
        _ = try parameters.bool("decompress_definition")
        let includes = parameters.list("include") ?? [], tags = parameters.list("tags") ?? []
        var entries = try await selection(request).entries
        if !tags.isEmpty { entries = entries.filter { entry in tags.allSatisfy(entry.description.tags.contains) } }
        if includes.contains("definition"), let first = entries.first {
            throw ElasticsearchError.illegalArgument(
                "[\(first.description.id)] is type [pytorch] and does not support retrieving the definition")
        }
        let configurations = try page(entries, request).map { entry in
            entry.description.json(
                aliases: entry.aliases, excludesGenerated: excludesGenerated,
                includesDefinitionStatus: includes.contains("definition_status"))
        }
        return .json(["count": .int(entries.count), "trained_model_configs": .array(configurations)])
    }

    /// `GET /_ml/trained_models/{model_id}/_stats`
    @Sendable func getModelStatistics(_ request: APIRequest) async throws -> Reply {
        let entries = try await selection(request).entries
        let statistics = try page(entries, request).flatMap(ModelStatistics.json)
        return .json(["count": .int(entries.count), "trained_model_stats": .array(statistics)])
    }

    func selection(_ request: APIRequest) async throws -> ModelSelection {
        var entries: [ModelSelection.Entry] = []
        for model in await models.models {
            entries.append(await entry(ModelDescription(model, logitScale: await models.logitScale(ofModel: model.id))))
        }
        for upload in await models.incompleteModels { entries.append(await entry(ModelDescription(upload))) }
        entries.sort { $0.description.id < $1.description.id }
        return try ModelSelection(
            request.captures["model_id"], of: entries,
            allowsNone: try request.parameters.bool("allow_no_match") ?? true)
    }

    private func entry(_ description: ModelDescription) async -> ModelSelection.Entry {
        ModelSelection.Entry(
            description, aliases: await models.aliases(ofModel: description.id),
            deployments: await models.statistics(ofModel: description.id))
    }

    func page(
        _ entries: [ModelSelection.Entry], _ request: APIRequest
    ) throws(ElasticsearchError) -> [ModelSelection.Entry] {
        let from = try request.parameters.int("from") ?? 0, size = try request.parameters.int("size") ?? 100
        guard from >= 0, size >= 0 else {
            throw .illegalArgument("Parameter [\(from < 0 ? "from" : "size")] cannot be < 0")
        }
        return Array(entries.dropFirst(from).prefix(size))
    }

    /// `PUT /_ml/trained_models/{model_id}`
    @Sendable func putModel(_ request: APIRequest) async throws -> Reply {
        let id = try request.capture("model_id")
        _ = try request.parameters.bool("defer_definition_decompression")
        _ = try request.parameters.bool("wait_for_completion")
        let body = try PutModelBody(
            body: request.requiredBody(), modelID: id, creationTime: Int(Date().timeIntervalSince1970 * 1000))
        let upload = try await models.createModel(id, configuration: body.configuration)
        return .json(ModelDescription(upload).json())
    }

    /// `PUT /_ml/trained_models/{model_id}/definition/{part}`
    @Sendable func putModelDefinitionPart(_ request: APIRequest) async throws -> Reply {
        let part = try DefinitionPart(number: try request.capture("part"), body: request.requiredBody())
        try await models.putDefinitionPart(part, of: try request.capture("model_id"))
        return .json(Acknowledgement.acknowledged)
    }

    /// `PUT /_ml/trained_models/{model_id}/vocabulary`
    @Sendable func putModelVocabulary(_ request: APIRequest) async throws -> Reply {
        let body = try VocabularyBody(body: request.requiredBody())
        try await models.putVocabulary(body.content, of: try request.capture("model_id"))
        return .json(Acknowledgement.acknowledged)
    }

    /// `DELETE /_ml/trained_models/{model_id}`
    @Sendable func deleteModel(_ request: APIRequest) async throws -> Reply {
        _ = try request.parameters.duration("timeout")
        try await models.deleteModel(
            try request.capture("model_id"), force: try request.parameters.bool("force") ?? false)
        return .json(Acknowledgement.acknowledged)
    }

    /// `PUT /_ml/trained_models/{model_id}/model_aliases/{model_alias}`
    @Sendable func putModelAlias(_ request: APIRequest) async throws -> Reply {
        let alias = try request.capture("model_alias")
        if let violation = ModelName.violation(ofAlias: alias) { throw ElasticsearchError.validation([violation]) }
        try await models.putAlias(
            alias, of: try request.capture("model_id"), reassigns: try request.parameters.bool("reassign") ?? false)
        return .json(Acknowledgement.acknowledged)
    }

    /// `DELETE /_ml/trained_models/{model_id}/model_aliases/{model_alias}`
    @Sendable func deleteModelAlias(_ request: APIRequest) async throws -> Reply {
        try await models.deleteAlias(try request.capture("model_alias"), of: try request.capture("model_id"))
        return .json(Acknowledgement.acknowledged)
    }
}
