internal import Indices
public import Inference
internal import JSON
internal import MatrixKernels

/// A request to start a deployment. What its URL says may stand in its body instead; the body wins.
public struct StartDeploymentRequest: Sendable {
    /// Elasticsearch's own limit.
    private static let maximumQueueCapacity = 1_000_000

    /// Nil: the model's id.
    public private(set) var deploymentID: String?
    public private(set) var configuration = DeploymentConfiguration()
    /// Whether the answer waits until the model is loaded, and how long.
    public private(set) var waitsUntilStarted = true
    /// Elasticsearch's own where none is given.
    public private(set) var timeout = Duration.seconds(20)

    private enum Key: String, BodyKey {
        case modelID = "model_id"
        case deploymentID = "deployment_id"
        case timeout
        case waitFor = "wait_for"
        case allocations = "number_of_allocations"
        case threads = "threads_per_allocation"
        case queueCapacity = "queue_capacity"
        case cacheSize = "cache_size"
        case priority, precision
        case adaptiveAllocations = "adaptive_allocations"
    }

    /// - Throws: `ElasticsearchError` with all that is wrong with the values.
    public init(parameters: QueryParameters, body: (some Collection<UInt8>)?) throws(ElasticsearchError) {
        for key in Key.allCases {
            guard let text = parameters[key.rawValue] else { continue }
            try set(key, to: text)
        }
        if let body {
            let texts = try JSONBody.decode(body) { (root) throws(ParseError) in
                var texts: [(key: Key, text: String)] = []
                for (key, field) in try root.fields(Key.self, of: .object("start_trained_model_deployment_request"))
                where !field.element.isNull {
                    if key == .adaptiveAllocations {
                        try field.checkNoAdaptiveAllocations()
                    } else {
                        texts.append((key, try field.text()))
                    }
                }
                return texts
            }
            for (key, text) in texts { try set(key, to: text) }
        }
        let violations = violations
        if !violations.isEmpty { throw .validation(violations) }
    }

    private mutating func set(_ key: Key, to text: String) throws(ElasticsearchError) {
        func int() throws(ElasticsearchError) -> Int { try QueryParameters([key.rawValue: text]).int(key.rawValue) ?? 0 }
        switch key {
        case .modelID, .adaptiveAllocations: break
        case .deploymentID: deploymentID = text
        case .timeout: timeout = try QueryParameters([key.rawValue: text]).duration(key.rawValue) ?? timeout
        case .waitFor:
            switch text {
            case "started", "fully_allocated": waitsUntilStarted = true
            case "starting": waitsUntilStarted = false
            default:
                throw .validation([
                    "invalid [wait_for] state [\(text)]; must be one of [starting, started, fully_allocated]"
                ])
            }
        case .allocations: configuration.allocations = try int()
        case .threads: configuration.threads = try int()
        case .queueCapacity: configuration.queueCapacity = try int()
        case .cacheSize:
            guard let size = ByteSize(parsing: text) else {
                throw .illegalArgument(
                    "failed to parse setting [\(key.rawValue)] with value [\(text)] as a size in bytes: unit is missing or "
                        + "unrecognized")
            }
            configuration.cacheBytes = size.bytes
        case .priority:
            guard let priority = DeploymentPriority(rawValue: text.lowercased()) else {
                throw .illegalArgument("[priority] must be one of [normal, low] but was [\(text)]")
            }
            configuration.priority = priority
        case .precision where text == "auto": configuration.precision = nil
        case .precision:
            guard let precision = Precision(rawValue: text) else {
                let known = (["auto"] + Precision.allCases.map(\.rawValue)).joined(separator: ", ")
                throw .illegalArgument("[precision] must be one of [\(known)] but was [\(text)]")
            }
            configuration.precision = precision
        }
    }

    private var violations: [String] {
        var violations: [String] = []
        if let deploymentID, let violation = ModelName.violation(of: deploymentID, field: "deployment_id") {
            violations.append(violation)
        }
        func check(_ name: Key, _ isRight: Bool, _ rule: String) {
            if !isRight { violations.append("[\(name.rawValue)] must be \(rule)") }
        }
        let allocations = configuration.allocations, threads = configuration.threads, capacity = configuration.queueCapacity
        check(.allocations, allocations >= 1, "a positive integer")
        let (mostAllocations, mostThreads) = (DeploymentConfiguration.maximumAllocations, DeploymentConfiguration.maximumThreads)
        check(.allocations, allocations <= mostAllocations, "less than or equal to \(mostAllocations)")
        if let threads {
            check(.threads, threads >= 1, "a positive integer")
            check(
                .threads, threads <= mostThreads && threads.nonzeroBitCount == 1,
                "a power of 2 less than or equal to \(mostThreads)")
        }
        check(.queueCapacity, capacity >= 1, "a positive integer")
        check(.queueCapacity, capacity <= Self.maximumQueueCapacity, "less than \(Self.maximumQueueCapacity)")
        check(.timeout, timeout > .zero, "positive")
        if configuration.priority == .low {
            check(.allocations, allocations <= 1, "1 when [priority] is low")
            check(.threads, (threads ?? 1) <= 1, "1 when [priority] is low")
        }
        return violations
    }
}
