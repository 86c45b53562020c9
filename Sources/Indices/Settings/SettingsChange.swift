public import Analysis
public import JSON

/// Settings as a request gives them: by their full key, nil where the value was null.
public struct SettingsChange: Equatable, Sendable {
    public private(set) var values: [String: SettingValue?] = [:]

    /// Reads nested or dotted keys; values are strings, numbers, booleans, lists of these, or null.
    ///
    /// - Parameter prefix: what keys that do not start with it get in front: `index.` for settings of indices.
    public init(_ settings: JSONElement, prefix: String = "index.") {
        flatten(settings, path: "", prefix)
    }

    public init(_ values: [String: SettingValue?]) {
        self.values = values
    }

    private mutating func flatten(_ element: JSONElement, path: String, _ prefix: String) {
        switch element.kind {
        case .object:
            guard let object = element.object else { return }
            for (key, value) in object {
                flatten(value, path: path.isEmpty ? key : path + "." + key, prefix)
            }
        case .null, .string, .integer, .unsigned, .double, .boolean, .array:
            let key = path.hasPrefix(prefix) ? path : prefix + path
            if key.hasPrefix(IndexSettings.analysisPrefix) || key == IndexSettings.defaultFieldKey, let array = element.array {
                values[key] = .some(.strings(array.map(Self.text)))
            } else {
                values[key] = .some(element.isNull ? nil : .string(Self.text(element)))
            }
        }
    }

    private static func text(_ element: JSONElement) -> String {
        if let string = element.string { return string }
        if let array = element.array { return array.map(text).joined(separator: ",") }
        return String(decoding: JSONValue(element).serialized(), as: UTF8.self)
    }
}
