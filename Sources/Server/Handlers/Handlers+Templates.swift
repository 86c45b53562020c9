internal import ElasticsearchAPI
internal import Indices
internal import JSON

extension Handlers {
    // MARK: Index templates

    /// `PUT /_index_template/{name}`
    @Sendable func putIndexTemplate(_ request: APIRequest) throws -> Reply {
        let template = try IndexTemplate(body: try request.requiredBody())
        try indices.putIndexTemplate(
            template, name: try templateName(request), mustCreate: try request.flag("create"))
        return .json(Acknowledgement.acknowledged)
    }

    /// `GET /_index_template/{name}`
    @Sendable func getIndexTemplate(_ request: APIRequest) throws -> Reply {
        .json(
            try TemplatesResponse.indexTemplates(
                indices.cluster.metadata.indexTemplates, names: request.names("name"), flat: try request.flag("flat_settings")))
    }

    /// `HEAD /_index_template/{name}`
    @Sendable func indexTemplateExists(_ request: APIRequest) -> Reply {
        exists { try getIndexTemplate(request) }
    }

    /// `DELETE /_index_template/{name}`
    @Sendable func deleteIndexTemplate(_ request: APIRequest) throws -> Reply {
        try indices.deleteIndexTemplates(request.names("name") ?? [])
        return .json(Acknowledgement.acknowledged)
    }

    /// `POST /_index_template/_simulate/{name}`
    @Sendable func simulateTemplate(_ request: APIRequest) throws -> Reply {
        let template = try request.bodyBytes.map { (bytes) throws in try IndexTemplate(body: bytes) }
        if let name = request.captures["name"], template == nil {
            guard let kept = indices.cluster.metadata.indexTemplates[name] else {
                throw ElasticsearchError.illegalArgument(
                    "unable to simulate template [\(name)] that does not exist")
            }
            return .json(TemplatesResponse.simulation(try indices.simulate(kept, index: nil)))
        }
        guard let template else {
            throw ElasticsearchError.illegalArgument("either index template name or index template body must be specified for simulation")
        }
        return .json(TemplatesResponse.simulation(try indices.simulate(template, index: nil)))
    }

    /// `POST /_index_template/_simulate_index/{name}`
    @Sendable func simulateIndexTemplate(_ request: APIRequest) throws -> Reply {
        let template = try request.bodyBytes.map { (bytes) throws in try IndexTemplate(body: bytes) }
        return .json(TemplatesResponse.simulation(try indices.simulate(template, index: try request.capture("name"))))
    }

    // MARK: Component templates

    /// `PUT /_component_template/{name}`
    @Sendable func putComponentTemplate(_ request: APIRequest) throws -> Reply {
        let template = try ComponentTemplate(body: try request.requiredBody())
        try indices.putComponentTemplate(
            template, name: try templateName(request), mustCreate: try request.flag("create"))
        return .json(Acknowledgement.acknowledged)
    }

    /// `GET /_component_template/{name}`
    @Sendable func getComponentTemplate(_ request: APIRequest) throws -> Reply {
        .json(
            try TemplatesResponse.componentTemplates(
                indices.cluster.metadata.componentTemplates, names: request.names("name"),
                flat: try request.flag("flat_settings")))
    }

    /// `HEAD /_component_template/{name}`
    @Sendable func componentTemplateExists(_ request: APIRequest) -> Reply {
        exists { try getComponentTemplate(request) }
    }

    /// `DELETE /_component_template/{name}`
    @Sendable func deleteComponentTemplate(_ request: APIRequest) throws -> Reply {
        try indices.deleteComponentTemplates(request.names("name") ?? [])
        return .json(Acknowledgement.acknowledged)
    }

    // MARK: Templates of the older kind

    /// `PUT /_template/{name}`
    @Sendable func putTemplate(_ request: APIRequest) throws -> Reply {
        var template = try LegacyTemplate(body: try request.requiredBody())
        if let order = try request.parameters.int("order") { template.order = order }
        try indices.putLegacyTemplate(template, name: try templateName(request), mustCreate: try request.flag("create"))
        return .json(Acknowledgement.acknowledged)
    }

    /// `GET /_template/{name}`
    @Sendable func getTemplate(_ request: APIRequest) throws -> Reply {
        let names = request.names("name")
        let found = TemplatesResponse.legacyTemplates(
            indices.cluster.metadata.legacyTemplates, names: names, flat: try request.flag("flat_settings"))
        let isMissing = found.object?.isEmpty == true && names?.contains { !$0.contains("*") } == true
        return .json(found, status: isMissing ? 404 : 200)
    }

    /// `HEAD /_template/{name}`
    @Sendable func templateExists(_ request: APIRequest) throws -> Reply {
        Reply(status: try getTemplate(request).status, .empty)
    }

    /// `DELETE /_template/{name}`
    @Sendable func deleteTemplate(_ request: APIRequest) throws -> Reply {
        try indices.deleteLegacyTemplates(request.names("name") ?? [])
        return .json(Acknowledgement.acknowledged)
    }

    private func exists(_ find: () throws -> Reply) -> Reply {
        Reply(status: (try? find())?.status ?? 404, .empty)
    }

    private func templateName(_ request: APIRequest) throws -> String {
        let name = try request.capture("name")
        if name.hasPrefix("_") || name.contains("#") || name.contains(",") || name.contains("*") || name.contains(" ") {
            throw ElasticsearchError(
                status: 400, "invalid_index_template_exception",
                "index_template [\(name)] invalid, cause [Validation Failed: 1: name must not contain '#', '*', ',', a space or start with '_';]")
        }
        return name
    }
}
