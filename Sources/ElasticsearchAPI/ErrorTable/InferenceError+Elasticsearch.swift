internal import Inference

extension ElasticsearchError {
    init(_ error: InferenceError) {
        switch error {
        case .unknownModel(let id):
            self.init(status: 404, "resource_not_found_exception", "Could not find trained model [\(id)]")
        case .unusableFolder(let id, let error):
            self = .state(400, "the folder of [\(id)] is no model that can be run here: \(error.reason)")
        case .modelIsNoUpload(let id): self = .state(409, "Trained model [\(id)] did not come over this API")
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
        case .contentsCancelOut: self = .illegalArgument("the weighted inputs cancel each other out: no direction is left to search in")
        case .differentSides(let id):
            self = .state(400, "the texts and images of trained model [\(id)] have vectors of different dimensions and cannot become one")
        case .unknownDeployment(let id):
            self.init(status: 404, "resource_not_found_exception", "No known model deployment with id [\(id)]")
        case .deploymentIDIsModel(let id):
            self = .state(400, "deployment id [\(id)] is the same as an existing trained model_id")
        case .lowPriorityIsAlone: self = .state(400, "[number_of_allocations] must be 1 when [priority] is low")
        case .noStorage: self = .state(400, "this node keeps no uploaded models")
        case .file(let error): self.init(error)
        case .deploymentIDIsAlias(let id): self = .state(400, "deployment id [\(id)] is the same as an existing model_alias")
        case .aliasIsDeployment: self = .state(400, "model_alias cannot be the same as an existing deployment id")
        case .modelIsChanging(let id): self = .state(409, "Trained model [\(id)] is being changed by another request")
        case .folderInTheWay(let folder):
            self = .state(409, "[\(folder)] holds something else than an uploaded model: move it away")
        case .damagedStore(let path): self = .state(500, "[\(path)] is not a list of deployments")
        case .modelExists(let id): self = .exists("Trained machine learning model [\(id)] already exists")
        case .modelIDIsAlias(let id):
            self = .state(
                400,
                "requested model_id [\(id)] is the same as an existing model_alias. Model model_aliases and ids must be unique")
        case .modelIDIsDeployment(let id):
            self = .state(400, "Cannot create model [\(id)] the id is the same as an current model deployment")
        case .modelIsDeployed(let id):
            self = .state(409, "Cannot delete model [\(id)] as it is currently deployed; use force to delete the model")
        case .modelIsFolder(let id, let folder):
            self = .state(409, "Cannot delete model [\(id)] as it did not come over this API: remove the folder [\(folder)]")
        case .noDefinition(let id):
            self.init(status: 404, "resource_not_found_exception", "Could not find trained model definition [\(id)]")
        case .noVocabulary(let id):
            self.init(
                status: 404, "resource_not_found_exception",
                "[\(id)] Could not find vocabulary document [\(id)_vocabulary] for model ")
        case .definitionExists(let id):
            self = .exists("Trained machine learning model [\(id)] already has a definition")
        case .vocabularyExists(let id):
            self = .exists("Trained machine learning model [\(id)] already has a vocabulary")
        case .partOutOfOrder(let id, let part, let expected):
            self = .state(400, "part [\(part)] of the definition of [\(id)] came before part [\(expected)]")
        case .definitionLength(let id, let expected, let found):
            self = .state(400, "the definition of [\(id)] should have [\(expected)] bytes but its parts make [\(found)]")
        case .definitionRefused(let id, let error):
            self = .state(400, "the definition of [\(id)] cannot be run here: \(error.reason)")
        case .unknownAlias(let alias): self = .state(404, "model_alias [\(alias)] could not be found")
        case .aliasIsTaken(let alias, let modelID, let other):
            self = .state(
                400,
                "cannot assign model_alias [\(alias)] to model_id [\(modelID)] as model_alias already refers to [\(other)]. "
                    + "Set parameter [reassign] to [true] if model_alias should be reassigned.")
        case .aliasIsModel: self = .state(400, "model_alias cannot be the same as an existing trained model_id")
        case .aliasOfAnother(let alias, let modelID):
            self = .state(409, "model_alias [\(alias)] does not refer to provided model_id [\(modelID)]")
        case .aliasTargetNotDeployed(let alias, let modelID, let former):
            self = .state(
                400,
                "cannot reassign model_alias [\(alias)] to model [\(modelID)] from model [\(former)] as it is not yet deployed")
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

    private static func exists(_ reason: String) -> ElasticsearchError {
        ElasticsearchError(status: 400, "resource_already_exists_exception", reason)
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
