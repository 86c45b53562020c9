internal import ElasticsearchAPI
internal import Indices
internal import Inference
internal import JSON
internal import Query

extension Handlers {
    /// `POST /{index}/_classify`: of each picture that a search finds, which of some labels fits best. Ours.
    @Sendable func classify(_ request: APIRequest) async throws -> Reply {
        let decoded = try ClassifyRequest(body: try request.requiredBody(), parameters: request.parameters)
        let index = try request.capture("index")
        let target = try await pictureTarget(index, field: decoded.field, model: decoded.model)
        let texts = try await models.embed(texts: decoded.labels.map(\.text), model: target.model, purpose: .search, truncation: .end)
        if let width = texts.first?.vector.count, !target.dimensions.isEmpty, !target.dimensions.contains(width) {
            throw ElasticsearchError.illegalArgument(
                "[\(target.model)] makes vectors of [\(width)] dimensions, but those of [\(target.field)] have "
                    + "[\(target.dimensions.map(String.init).joined(separator: ", "))]; leave [model] out, or name the one that made them")
        }
        let scale = await models.logitScale(ofModel: target.model) ?? ModelCalibration.defaultLogitScale
        let classifier = LabelClassifier(
            zip(decoded.labels, texts).map { (label: $0.label, vector: $1.vector) }, logitScale: scale)
        var search = decoded.search.search
        let isFieldWanted = search.fetch.fields.contains { $0.pattern == target.field }
        if !isFieldWanted { search.fetch.fields.append(FieldRequest(pattern: target.field)) }
        // A point in time knows its indices.
        let expression = decoded.search.options.pointInTime == nil ? try request.indexExpression() : IndexExpression([])
        let response = try await indices.search(search, in: expression, options: decoded.search.options)
        return .json(
            ClassifyResponse(
                response, decoded.search.format, classifier, labels: decoded.labels.map(\.label), top: decoded.top,
                field: target.field, isFieldWanted: isFieldWanted, model: target.model, logitScale: scale
            ).json)
    }
}
