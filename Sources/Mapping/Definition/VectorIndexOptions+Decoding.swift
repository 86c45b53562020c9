internal import JSON

extension VectorIndexOptions {
    /// Elasticsearch's oversampling of single bits where nothing else is said.
    static let defaultOversample = 3.0
    private static let clusterSizes = 64...65_536

    init(members: JSONMembers, field: String) throws(MappingError) {
        guard let typeName = members["type"]?.string else {
            throw .missingParameter(name: "index_options", field: field)
        }
        guard let type = IndexType(rawValue: typeName) else { throw .unknownVectorIndexType(typeName, field: field) }
        self.init(type: type)
        if type.quantization == .bit { oversample = Self.defaultOversample }
        for member in members {
            switch member.key {
            case "type": break
            case "m" where type.hasLinks: links = try member.value.positiveInteger("m", field, upTo: 512)
            case "ef_construction" where type.hasLinks:
                constructionCandidates = try member.value.positiveInteger("ef_construction", field, upTo: 3200)
            case "confidence_interval" where type.hasConfidenceInterval:
                let value = member.value.number
                guard let value, value == 0 || (0.9...1).contains(value) else {
                    throw .malformedParameter(
                        name: member.key, field: field, value: member.value, expected: .number)
                }
                confidenceInterval = value
            case "rescore_vector" where type.quantization != .none:
                oversample = try Self.oversample(member.value, field)
            case "on_disk_rescore" where type.rescoresFromDisk:
                guard let value = member.value.flag else {
                    throw .malformedParameter(name: member.key, field: field, value: member.value, expected: .boolean)
                }
                rescoresOnDisk = value
            case "cluster_size" where type == .bbqDisk:
                let size = member.value.number.flatMap { Int(exactly: $0) }
                guard let size, Self.clusterSizes.contains(size) else {
                    throw .clusterSizeOutOfRange(member.value, allowed: Self.clusterSizes, field: field)
                }
                clusterSize = size
            case "default_visit_percentage" where type == .bbqDisk:
                guard let value = member.value.number, (0...100).contains(value) else {
                    throw .visitPercentageOutOfRange(member.value, field: field)
                }
                visitPercentage = value
            default: throw .unknownIndexOption(name: member.key, field: field, value: member.value)
            }
        }
    }

    private static func oversample(_ value: JSONValue, _ field: String) throws(MappingError) -> Double {
        guard let members = value.object else {
            throw .malformedParameter(name: "rescore_vector", field: field, value: value, expected: .object)
        }
        guard let oversample = members["oversample"] else { throw .invalidOversample(.missing, field: field) }
        guard let factor = oversample.number else {
            throw .malformedParameter(name: "oversample", field: field, value: oversample, expected: .number)
        }
        guard factor == 0 || factor >= 1 else { throw .invalidOversample(.tooSmall, field: field) }
        guard factor <= 10 else { throw .invalidOversample(.tooLarge, field: field) }
        return factor
    }
}

extension JSONValue {
    fileprivate var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        case .string(let text): Double(text)
        case .null, .bool, .unsigned, .float, .array, .floats, .object, .raw: nil
        }
    }

    fileprivate var flag: Bool? {
        switch self {
        case .bool(let value): value
        case .string(let text): Bool(text)
        default: nil
        }
    }

    fileprivate func positiveInteger(_ name: String, _ field: String, upTo limit: Int) throws(MappingError) -> Int {
        guard let value = number.flatMap({ Int(exactly: $0) }) else {
            throw .malformedParameter(name: name, field: field, value: self, expected: .integer)
        }
        guard (1...limit).contains(value) else {
            throw .parameterOutOfRange(name: name, field: field, value: self, allowed: 1...limit)
        }
        return value
    }
}
