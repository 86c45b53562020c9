public import Indices
public import JSON

/// What `_cluster/settings` answers.
public enum ClusterSettingsResponse {
    /// What reading answers. With `isFlat` keys are dotted, else nested objects.
    public static func json(_ cluster: ClusterStore, isFlat: Bool, includesDefaults: Bool) -> JSONValue {
        let persistent = cluster.metadata.persistentSettings, transient = cluster.transientSettings
        var members: JSONMembers = [
            "persistent": SettingsJSON.object(persistent, isFlat: isFlat), "transient": SettingsJSON.object(transient, isFlat: isFlat),
        ]
        if includesDefaults {
            let defaults = ClusterSettings.standardValues.filter { persistent[$0.key] == nil && transient[$0.key] == nil }
            members["defaults"] = SettingsJSON.object(defaults, isFlat: isFlat)
        }
        return .object(members)
    }

    /// What a change answers: what was set, without what was taken back.
    public static func changed(_ persistent: SettingsChange, _ transient: SettingsChange, isFlat: Bool) -> JSONValue {
        [
            "acknowledged": true, "persistent": SettingsJSON.object(persistent.values.compactMapValues { $0 }, isFlat: isFlat),
            "transient": SettingsJSON.object(transient.values.compactMapValues { $0 }, isFlat: isFlat),
        ]
    }
}
