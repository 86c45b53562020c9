public import Indices
internal import JSON

/// The body of `PUT _cluster/settings`.
public struct ClusterSettingsBody: Sendable {
    public private(set) var persistent = SettingsChange([:])
    public private(set) var transient = SettingsChange([:])

    private enum Key: String, BodyKey {
        case persistent, transient
    }

    /// - Throws: `ElasticsearchError`.
    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        self = try JSONBody.decode(body) { (root) throws(ParseError) in
            var result = ClusterSettingsBody()
            for (key, field) in try root.fields(Key.self, of: .object("cluster_update_settings_request")) {
                guard field.element.kind == .object else { throw field.unexpected }
                switch key {
                case .persistent: result.persistent = SettingsChange(field.element, prefix: "")
                case .transient: result.transient = SettingsChange(field.element, prefix: "")
                }
            }
            return result
        }
        if persistent.values.isEmpty, transient.values.isEmpty { throw .validation(["no settings to update"]) }
    }

    private init() {}
}
