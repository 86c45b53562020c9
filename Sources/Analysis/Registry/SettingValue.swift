/// A value in the settings of analysis, as index settings keep it: text, or a list of texts.
public enum SettingValue: Equatable, Sendable {
    case string(String)
    case strings([String])
}

/// A component in a request to analyse: by its name, or described.
public enum ComponentReference: Equatable, Sendable {
    case name(String)
    case definition([String: SettingValue])
}
