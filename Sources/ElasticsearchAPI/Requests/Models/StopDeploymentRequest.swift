/// A request to stop deployments. What its URL says may stand in its body instead; the body wins.
public struct StopDeploymentRequest: Sendable {
    /// Whether names that no deployment has are passed over.
    public let allowsNone: Bool

    private enum Key: String, BodyKey {
        case allowsNone = "allow_no_match"
        case force, id
    }

    public init(parameters: QueryParameters, body: (some Collection<UInt8>)?) throws(ElasticsearchError) {
        var allowsNone = try parameters.bool(Key.allowsNone.rawValue) ?? true
        _ = try parameters.bool(Key.force.rawValue)
        if let body {
            allowsNone = try JSONBody.decode(body) { [allowsNone] (root) throws(ParseError) in
                var allowsNone = allowsNone
                for (key, field) in try root.fields(Key.self, of: .object("stop_trained_model_deployment_request")) {
                    switch key {
                    case .allowsNone: allowsNone = try field.bool()
                    case .force: _ = try field.bool()
                    case .id: _ = try field.string()
                    }
                }
                return allowsNone
            }
        }
        self.allowsNone = allowsNone
    }
}
