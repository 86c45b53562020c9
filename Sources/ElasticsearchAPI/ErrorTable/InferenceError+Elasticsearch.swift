internal import Inference

extension ElasticsearchError {
    init(_ error: InferenceError) {
        switch error {
        case .unknownModel(let id):
            self.init(status: 404, "resource_not_found_exception", "Could not find trained model [\(id)]")
        case .notDeployed(let id):
            self = .state(
                409, "Model [\(id)] must be deployed to use. Please deploy with the start trained model deployment API.")
        case .notServing(let id, let state): self = .state(409, "Trained model [\(id)] is [\(state.rawValue)]")
        case .alreadyDeployed(let id):
            self = .state(
                400, "Could not start model deployment because an existing deployment with the same id [\(id)] exist")
        case .loadingFailed(let id, let error): self = .state(500, "Could not load model [\(id)]: \(error.reason)")
        case .noTextSide(let id): self = .state(400, "Trained model [\(id)] does not take text")
        case .noImageSide(let id): self = .state(400, "Trained model [\(id)] does not take images")
        case .textTooLong(_, let tokens, let limit):
            self = .state(
                400,
                "Input too large. The tokenized input length [\(tokens)] exceeds the maximum sequence length [\(limit)]")
        case .image(_, let error): self.init(error)
        case .encoder(_, let error): self = .state(500, "Error in inference process: [\(error.reason)]")
        case .queueFull(let id, let capacity):
            self.init(
                status: 429, "es_rejected_execution_exception",
                "[\(id)] inference process queue is full. Unable to execute command: [\(capacity)] items wait")
        case .timedOut(let timeout): self = .state(408, "timeout [\(timeout.timeValue)] waiting for inference result")
        case .cancelled: self.init(status: 400, "task_cancelled_exception", "task cancelled")
        }
    }

    /// A picture that does not come as it should.
    init(_ error: DataURIError) {
        switch error {
        case .notBase64DataURI:
            self = .illegalArgument(
                "base64 inputs must be specified as data URIs with the format [data:{MIME-type};base64,...]")
        case .invalidBase64: self = .illegalArgument("the content of a data URI is not base64")
        }
    }

    /// The many errors that Elasticsearch's machine-learning code reports as `status_exception`.
    static func state(_ status: Int, _ reason: String) -> ElasticsearchError {
        ElasticsearchError(status: status, "status_exception", reason)
    }
}

extension Duration {
    /// In Elasticsearch's time units: `10s`, `500ms`.
    public var timeValue: String {
        let milliseconds = Int(self / .milliseconds(1))
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }
}
