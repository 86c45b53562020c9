public import JSON
internal import Mapping
public import Scripts

extension EmittedValue {
    /// The value as `_execute` shows it.
    public func json(isDate: Bool) -> JSONValue {
        switch self {
        case .long(let value): isDate ? .string(DateFormat.standard.string(milliseconds: value)) : .int(Int(value))
        case .double(let value): .double(value)
        case .boolean(let value): .bool(value)
        case .string(let value): .string(value)
        case .point(let latitude, let longitude):
            ["coordinates": [.double(longitude), .double(latitude)], "type": "Point"]
        }
    }
}
