public import Inference
public import JSON

/// An entry of `trained_model_configs`.
public struct ModelDescription: Sendable {
    private enum Subject: Sendable {
        case model(Model)
        case incomplete(UploadedModel)
    }

    private let subject: Subject
    /// What cosines are multiplied by before the softmax over labels; nil: not known.
    private let logitScale: Float?

    /// - Parameter logitScale: as the weights have it; nil where they are not in memory or do not say.
    public init(_ model: Model, logitScale: Float? = nil) {
        subject = .model(model)
        self.logitScale = model.calibration?.logitScale ?? logitScale
    }

    public init(_ upload: UploadedModel) {
        subject = .incomplete(upload)
        logitScale = nil
    }

    public var id: String {
        switch subject {
        case .model(let model): model.id
        case .incomplete(let upload): upload.id
        }
    }

    /// Whether nothing is still to come.
    public var isComplete: Bool {
        if case .model = subject { true } else { false }
    }

    /// Of the weights' files.
    public var bytes: Int {
        if case .model(let model) = subject { model.weightBytes } else { 0 }
    }

    public var tags: [String] {
        configuration["tags"]?.array?.compactMap(\.string) ?? []
    }

    /// As it was put, or what can be said of a model in a folder.
    private var configuration: JSONMembers {
        switch subject {
        case .incomplete(let upload): upload.configuration.object ?? [:]
        case .model(let model): model.upload?.configuration.object ?? Self.configuration(of: model)
        }
    }

    /// Ours: what was measured of the model.
    private var measured: JSONMembers? {
        guard case .model(let model) = subject else { return nil }
        var measured = model.calibration?.json ?? [:]
        measured["format_version"] = nil
        if let logitScale { measured["logit_scale"] = .float(logitScale) }
        return measured.isEmpty ? nil : measured
    }

    private static func configuration(of model: Model) -> JSONMembers {
        var fields: [JSONValue] = []
        if model.textDimensions != nil { fields.append(.string(model.settings.inputField)) }
        if model.imageDimensions != nil { fields.append(.string(InferenceInput.imageField)) }
        let dimensions = model.textDimensions ?? model.imageDimensions ?? 0
        return [
            "model_type": "pytorch", "description": .string("Model \(model.name)"), "tags": [],
            "input": ["field_names": .array(fields)],
            "inference_config": ["text_embedding": ["embedding_size": .int(dimensions)]],
        ]
    }

    /// - Parameters:
    ///   - excludesGenerated: what the server adds is left out, so that the rest could be put again.
    ///   - includesDefinitionStatus: whether something is still to come is said.
    public func json(
        aliases: [String] = [], excludesGenerated: Bool = false, includesDefinitionStatus: Bool = false
    ) -> JSONValue {
        var members: JSONMembers = ["model_id": .string(id), "created_by": "api_user", "version": "12.0.0"]
        if excludesGenerated { members = [:] }
        for member in configuration where !excludesGenerated || member.key != "create_time" {
            members[member.key] = member.value
        }
        if !excludesGenerated {
            members["model_size_bytes"] = .int(bytes)
            members["estimated_operations"] = 0
            members["license_level"] = "basic"
            var metadata = members["metadata"]?.object ?? [:]
            if !aliases.isEmpty { metadata["model_aliases"] = .array(aliases.map { .string($0) }) }
            if let measured { metadata["clipsearch"] = .object(measured) }
            if !metadata.isEmpty { members["metadata"] = .object(metadata) }
        }
        if includesDefinitionStatus { members["fully_defined"] = .bool(isComplete) }
        return .object(members)
    }
}
