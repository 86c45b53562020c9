/// A value in an index's settings: text, or of analysis also a list of texts.
public enum SettingValue: Equatable, Sendable, ExpressibleByStringLiteral {
    case string(String)
    case strings([String])

    public init(stringLiteral value: String) { self = .string(value) }

    /// As one text: of a list, with commas between its parts.
    public var text: String {
        switch self {
        case .string(let text): text
        case .strings(let texts): texts.joined(separator: ",")
        }
    }
}

/// A component in a request to analyse: by its name, or described.
public enum ComponentReference: Equatable, Sendable {
    case name(String)
    case definition([String: SettingValue])
}
