public import JSON

/// `model_settings` of a semantic field: what its endpoint's vectors are like. Once documents have some, all must be alike.
public struct SemanticModelSettings: Equatable, Sendable {
    /// The tasks of endpoints whose vectors a field can hold.
    public enum Task: String, Equatable, Sendable {
        case textEmbedding = "text_embedding"
        case embedding
    }

    public var task: Task
    public var dimensions: Int
    public var similarity: VectorSimilarity
    public var elementType: VectorElementType
    public var service: String?

    public init(
        task: Task, dimensions: Int, similarity: VectorSimilarity = .cosine, elementType: VectorElementType = .float,
        service: String? = nil
    ) {
        self.task = task
        self.dimensions = dimensions
        self.similarity = similarity
        self.elementType = elementType
        self.service = service
    }

    /// - Throws: `SemanticProblem`.
    public init(_ members: JSONMembers) throws(SemanticProblem) {
        for member in members where !["task_type", "dimensions", "similarity", "element_type", "service"].contains(member.key) {
            throw .unknownModelSetting(member.key)
        }
        guard let name = members["task_type"]?.string else { throw .missingModelSetting("task_type") }
        guard let task = Task(rawValue: name) else { throw .unsupportedTask(name) }
        guard case .int(let dimensions)? = members["dimensions"] else { throw .missingModelSetting("dimensions") }
        let typeName = members["element_type"]?.string ?? VectorElementType.float.rawValue
        guard let elementType = VectorElementType(rawValue: typeName) else { throw .malformedModelSetting("element_type", typeName) }
        guard elementType.dimensionsRange.contains(dimensions), dimensions % elementType.dimensionsPerComponent == 0 else {
            throw .malformedModelSetting("dimensions", String(dimensions))
        }
        let similarityName = members["similarity"]?.string ?? (elementType == .bit ? VectorSimilarity.l2Norm : .cosine).rawValue
        guard let similarity = VectorSimilarity(rawValue: similarityName.lowercased()), elementType != .bit || similarity == .l2Norm else {
            throw .malformedModelSetting("similarity", similarityName)
        }
        self.init(
            task: task, dimensions: dimensions, similarity: similarity, elementType: elementType, service: members["service"]?.string)
    }

    public var json: JSONValue {
        var members = JSONMembers()
        if let service { members["service"] = .string(service) }
        members["task_type"] = .string(task.rawValue)
        members["dimensions"] = .int(dimensions)
        members["similarity"] = .string(similarity.rawValue)
        members["element_type"] = .string(elementType.rawValue)
        return .object(members)
    }

    /// Whether vectors of the one may stand beside those of the other.
    public func isCompatible(with other: SemanticModelSettings) -> Bool {
        task == other.task && dimensions == other.dimensions && similarity == other.similarity && elementType == other.elementType
    }
}
