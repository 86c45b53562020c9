internal import Indices
internal import Inference

extension ElasticsearchError {
    /// A document whose semantic field gets no vectors.
    init(_ fault: SemanticFault) {
        let input = "Input for field [\(fault.field)] from source field [\(fault.source)]"
        switch fault.problem {
        case .endpointNotFound(let id):
            self.init(status: 404, "resource_not_found_exception", "Inference id [\(id)] not found for field [\(fault.field)]")
        case .embedding(let id, let cause):
            let error = ElasticsearchError(cause) ?? .internalError
            self.init(
                status: error.status, "inference_exception", "Exception when running inference id [\(id)] on field [\(fault.field)]",
                causedBy: error.cause)
        case .wrongTask(let id, let task, let type):
            self = .state(
                400,
                "Field [\(fault.field)] of type [\(type)] needs an inference endpoint with task type [embedding], [\(id)] has task type [\(task)]")
        case .notText(let kind):
            self = .state(
                400, "Invalid format for field [\(fault.field)]: expected [String|Number|Boolean], got [\(kind)]")
        case .missing(let names): self = .state(400, "\(input) is malformed: Required [\(names.joined(separator: ", "))]")
        case .unknownKey(let key): self = .state(400, "\(input) is malformed: unknown field [\(key)]")
        case .unknownType(let type):
            self = .state(400, "\(input) is malformed: Unrecognized type [\(type)], must be one of [text, image, audio, video, pdf]")
        case .unsupportedType(let type): self = .state(400, "\(input) has type [\(type)], which no model here takes")
        case .unknownFormat(let format):
            self = .state(400, "\(input) is malformed: Unrecognized format [\(format)], must be one of [text, base64]")
        case .wrongFormat(let type, let format, let supported):
            self = .state(
                400, "\(input): Data type [\(type)] does not support data format [\(format)], supported formats are [\(supported)]")
        case .dataURI(let error): self = .state(400, "\(input): \(ElasticsearchError(error).cause.reason ?? "")")
        case .emptyPayload: self = .state(400, "\(input) has an empty base64 payload.")
        case .tooLong(let limit): self = .state(400, "\(input) is longer than [\(limit)] bytes.")
        case .descriptionMissing:
            self = .state(
                400, "\(input) has no description. A description is required for binary inputs when [retain_binary] is false.")
        }
    }
}
