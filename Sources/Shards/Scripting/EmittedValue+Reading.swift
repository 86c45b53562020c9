internal import JSON
internal import Mapping
internal import Scripts

extension EmittedValue {
    var scalar: ScalarValue {
        switch self {
        case .long(let value): .integer(Int(value))
        case .double(let value): .double(value)
        case .boolean(let value): .boolean(value)
        case .string(let value): .string(value)
        case .point(let latitude, let longitude): .string("\(latitude),\(longitude)")
        }
    }

    var text: String { scalar.text }

    init?(_ element: JSONElement) {
        switch element.kind {
        case .string: self = .string(element.string ?? "")
        case .integer, .unsigned: self = element.int.map { .long(Int64($0)) } ?? .double(element.double ?? 0)
        case .double: self = .double(element.double ?? 0)
        case .boolean: self = .boolean(element.bool ?? false)
        case .object, .array, .null: return nil
        }
    }

    /// What a field's values are to a script that changes them.
    static func all(_ values: DocValues?) -> [EmittedValue] {
        switch values {
        case .longs(let values)?: values.map { .long($0) }
        case .doubles(let values)?: values.map { .double($0) }
        case .booleans(let values)?: values.map { .long($0 ? 1 : 0) }
        case .terms(let values)?: values.map { .string($0) }
        case .dates(let values)?: values.map { .long($0) }
        case .points(let values)?: values.map { .point(latitude: $0.latitude, longitude: $0.longitude) }
        default: []
        }
    }
}
