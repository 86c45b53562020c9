/// Where a deployment is in its life, by Elasticsearch's names.
public enum DeploymentState: String, Sendable, Equatable {
    case starting, started, stopping, failed
}
