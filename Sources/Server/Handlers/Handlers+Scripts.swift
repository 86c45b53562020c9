internal import ElasticsearchAPI
internal import Indices
internal import JSON
internal import Scripts

extension Handlers {
    /// `PUT /_scripts/{id}`
    @Sendable func putScript(_ request: APIRequest) throws -> Reply {
        let id = try request.capture("id")
        let body = try StoredScriptBody(
            id: id, body: try request.requiredBody(), context: request.captures["context"] ?? request.parameters["context"])
        try indices.scripts.put(id, body.script)
        return .json(Acknowledgement.acknowledged)
    }

    /// `GET /_scripts/{id}`
    @Sendable func getScript(_ request: APIRequest) throws -> Reply {
        let id = try request.capture("id")
        guard let script = indices.scripts[id] else { return .json(["_id": .string(id), "found": false], status: 404) }
        let stored: JSONValue = ["lang": .string(script.language), "source": .string(script.source)]
        return .json(["_id": .string(id), "found": true, "script": stored])
    }

    /// `DELETE /_scripts/{id}`
    @Sendable func deleteScript(_ request: APIRequest) throws -> Reply {
        try indices.scripts.delete(try request.capture("id"))
        return .json(Acknowledgement.acknowledged)
    }

    /// `POST /_scripts/painless/_execute`
    @Sendable func executeScript(_ request: APIRequest) throws -> Reply {
        let body = try PainlessExecuteBody(body: try request.requiredBody())
        let script = try indices.scripts.resolve(body.script)
        if body.context == .test { return .json(["result": .string(try ValueScript(script).makeRunner().text())]) }
        guard let name = body.index, let source = body.document else {
            let missing = [("index", body.index == nil), ("document", body.document == nil)].filter(\.1).map(\.0)
            throw ElasticsearchError.validation(missing.map { "\($0) is a required parameter for current context" })
        }
        guard let metadata = try indices.metadata(IndexExpression([name])).first else { throw IndicesError.indexNotFound(name) }
        let document = MappedDocument(source, metadata)
        if body.context == .filter {
            return .json(["result": .bool(try ValueScript(script, for: .filter).makeRunner().matches(document))])
        }
        if let type = body.context.emittedType {
            var values = try ValueScript(script, for: .field(type)).makeRunner().values(document)
            // As Elasticsearch counts them: false first.
            if type == .boolean { values = values.filter { $0 == .boolean(false) } + values.filter { $0 != .boolean(false) } }
            return .json(["result": .array(values.map { $0.json(isDate: body.context == .dateField) })])
        }
        let score = try ScoreScript(script).makeRunner().score(document, score: 1)
        return .json(["result": .double(score)])
    }
}
