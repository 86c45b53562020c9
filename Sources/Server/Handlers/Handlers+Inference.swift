internal import Contents
internal import ElasticsearchAPI
internal import Inference

extension Handlers {
    /// `POST /_ml/trained_models/{model_id}/_infer`
    @Sendable func infer(_ request: APIRequest) async throws -> Reply {
        .json(try await inferResponse(request, allowsMany: true).json)
    }

    /// `POST /_ml/trained_models/{model_id}/deployment/_infer`: the older form, for one document.
    @Sendable func inferDeployment(_ request: APIRequest) async throws -> Reply {
        let response = try await inferResponse(request, allowsMany: false)
        return Reply(
            .json(response.deploymentJSON),
            warnings: [
                "[POST /_ml/trained_models/{model_id}/deployment/_infer] is deprecated! "
                    + "Use [POST /_ml/trained_models/{model_id}/_infer] instead."
            ])
    }

    private func inferResponse(_ request: APIRequest, allowsMany: Bool) async throws -> InferResponse {
        let decoded = try InferRequest(body: try request.requiredBody(), parameters: request.parameters)
        if !allowsMany, decoded.documents.count > 1 {
            throw ElasticsearchError(status: 400, "status_exception", "multiple documents are not supported")
        }
        // Once: an alias may go to another model meanwhile.
        let (model, deploymentID) = try await models.serving(try request.capture("model_id"))
        if let task = decoded.task, task != "text_embedding" {
            throw ElasticsearchError(
                status: 403, "status_exception",
                "Trained model [\(model.id)] is configured for task [text_embedding] but called with task [\(task)]")
        }
        let inputs = try decoded.documents.map { (document) throws in
            try InferenceInput(
                document, textField: model.settings.inputField, takesText: model.textDimensions != nil)
        }
        return InferResponse(
            results: try await results(inputs, of: deploymentID, decoded),
            resultsField: decoded.resultsField ?? model.settings.resultsField)
    }

    /// The results in the order of the inputs.
    private func results(
        _ inputs: [InferenceInput], of deploymentID: String, _ request: InferRequest
    ) async throws -> [InferResponse.Result] {
        let arrival = ContinuousClock.now
        let contents = try inputs.map { (input) throws(DataURIError) in try input.content }
        return try await models.embed(
            contents: contents, model: deploymentID, truncation: request.truncation, since: arrival, timeout: request.timeout
        ).map { InferResponse.Result(values: $0.vector, isTruncated: $0.isTruncated) }
    }
}

extension InferenceInput {
    fileprivate var content: InferenceContent {
        get throws(DataURIError) {
            switch self {
            case .text(let text): .text(text)
            case .image(let uri): .image(try DataURI(uri).bytes)
            }
        }
    }
}
