public import Mapping
public import Scripts

/// `scripted_metric` bound to a mapping.
public struct ScriptedMetricPlan: Equatable, Sendable {
    public var metric: ScriptedMetric
    /// By which the scripts read documents.
    public var mapping: Mapping
}
