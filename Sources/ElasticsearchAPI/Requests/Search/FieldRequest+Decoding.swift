internal import JSON
internal import Query

extension FieldRequest {
    private enum Key: String, BodyKey {
        case field, format
        case includeUnmapped = "include_unmapped"
    }

    /// A `fields` member: patterns, or objects with a date format.
    static func list(_ field: Field) throws(ParseError) -> [FieldRequest] {
        guard let elements = field.value.elements else { throw field.unexpected }
        var requests: [FieldRequest] = []
        for element in elements {
            if let pattern = element.element.string {
                requests.append(FieldRequest(pattern: pattern))
            } else {
                requests.append(try FieldRequest(element))
            }
        }
        return requests
    }

    private init(_ node: Node) throws(ParseError) {
        var pattern: String?
        var format: String?
        var includesUnmapped = false
        for (key, field) in try node.fields(Key.self, of: .object("field_and_format")) {
            switch key {
            case .field: pattern = try field.string()
            case .format: format = field.element.isNull ? nil : try field.string()
            case .includeUnmapped: includesUnmapped = try field.bool()
            }
        }
        guard let pattern else { throw .argument("Required [field]", at: node.path) }
        self.init(pattern: pattern, format: format, includesUnmapped: includesUnmapped)
    }
}
