public import JSON

/// Who names an inference endpoint that is to be deleted.
public struct InferenceEndpointUses: Sendable {
    private let id: String
    private let pipelines: [String]
    private let indices: [String]

    public init(of id: String, pipelines: [String] = [], indices: [String] = []) {
        self.id = id
        self.pipelines = pipelines
        self.indices = indices
    }

    /// Why it is not deleted; nil where nobody names it.
    public var reason: String? {
        var reason = ""
        let rest = " are using this inference endpoint, or use force to ignore this warning and delete the inference endpoint."
        if !pipelines.isEmpty {
            reason += "Inference endpoint \(id) is referenced by pipelines: [\(pipelines.joined(separator: ", "))]. "
                + "Ensure that no pipelines" + rest
        }
        if !indices.isEmpty {
            reason += " Inference endpoint \(id) is being used in the mapping for indexes: [\(indices.joined(separator: ", "))]. "
                + "Ensure that no index mappings" + rest
        }
        return reason.isEmpty ? nil : reason
    }

    /// What a deletion answers; one that was refused says why.
    public func json(isAcknowledged: Bool) -> JSONValue {
        var members: JSONMembers = [
            "acknowledged": .bool(isAcknowledged), "pipelines": .array(pipelines.map { .string($0) }),
            "indexes": .array(indices.map { .string($0) }),
        ]
        if !isAcknowledged, let reason { members["error_message"] = .string(reason) }
        return .object(members)
    }
}
