public import Analysis
public import JSON

extension SettingValue {
    /// Nil for what is neither text nor a list of texts.
    init?(_ value: JSONValue) {
        if let text = value.string {
            self = .string(text)
        } else if let values = value.array {
            self = .strings(values.compactMap(\.string))
        } else {
            return nil
        }
    }

    public var json: JSONValue {
        switch self {
        case .string(let text): .string(text)
        case .strings(let texts): .array(texts.map { .string($0) })
        }
    }
}
