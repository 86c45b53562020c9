internal import Inference
internal import JSON

/// A request to change a deployment: how many batches are encoded at a time.
public struct UpdateDeploymentRequest: Sendable {
    public let allocations: Int

    private enum Key: String, BodyKey {
        case allocations = "number_of_allocations"
        case adaptiveAllocations = "adaptive_allocations"
    }

    /// - Throws: `ElasticsearchError`, also where neither the URL nor the body says a number.
    public init(parameters: QueryParameters, body: (some Collection<UInt8>)?) throws(ElasticsearchError) {
        var count = try parameters.int(Key.allocations.rawValue)
        if let body {
            count = try JSONBody.decode(body) { [count] (root) throws(ParseError) in
                var count = count
                for (key, field) in try root.fields(Key.self, of: .object("update_trained_model_deployment_request"))
                where !field.element.isNull {
                    switch key {
                    case .allocations: count = try field.int()
                    case .adaptiveAllocations: try field.checkNoAdaptiveAllocations()
                    }
                }
                return count
            }
        }
        guard let count, count >= 1 else { throw .validation(["[number_of_allocations] must be a positive integer"]) }
        guard count <= DeploymentConfiguration.maximumAllocations else {
            throw .validation(["[number_of_allocations] must be less than or equal to \(DeploymentConfiguration.maximumAllocations)"])
        }
        allocations = count
    }
}
