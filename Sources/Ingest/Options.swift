internal import JSON

/// The properties of a processor's definition, taken one after the other; what is left over is unknown.
struct Options {
    let processor: String
    private var members: JSONMembers
    private(set) var tag: String?

    init(_ processor: String, _ members: JSONMembers) {
        self.processor = processor
        self.members = members
        tag = members["tag"]?.string
    }

    mutating func take(_ name: String) -> JSONValue? {
        defer { members[name] = nil }
        return members[name]
    }

    mutating func string(_ name: String) throws(IngestFault) -> String? {
        guard let value = take(name) else { return nil }
        guard let text = value.string else { throw wrong(name, "string", value) }
        return text
    }

    /// A string, or a number that is written as one.
    mutating func text(_ name: String) throws(IngestFault) -> String? {
        guard let value = take(name) else { return nil }
        guard let text = value.plainText else { throw wrong(name, "string", value) }
        return text
    }

    mutating func required(_ name: String) throws(IngestFault) -> String {
        guard let value = try string(name) else { throw missing(name) }
        return value
    }

    mutating func path(_ name: String = "field") throws(IngestFault) -> FieldPath { try FieldPath(try required(name)) }

    mutating func optionalPath(_ name: String) throws(IngestFault) -> FieldPath? {
        try string(name).map { (text) throws(IngestFault) in try FieldPath(text) }
    }

    mutating func template(_ name: String = "field") throws(IngestFault) -> Template { Template(try required(name)) }

    mutating func flag(_ name: String, default value: Bool = false) throws(IngestFault) -> Bool {
        switch take(name) {
        case nil: return value
        case .bool(let flag)?: return flag
        case .string("true")?: return true
        case .string("false")?: return false
        case let other?: throw wrong(name, "boolean", other)
        }
    }

    mutating func object(_ name: String) throws(IngestFault) -> JSONMembers? {
        guard let value = take(name) else { return nil }
        guard let object = value.object else { throw wrong(name, "map", value) }
        return object
    }

    mutating func array(_ name: String) throws(IngestFault) -> [JSONValue]? {
        guard let value = take(name) else { return nil }
        guard let array = value.array else { throw wrong(name, "list", value) }
        return array
    }

    /// A string or a list of strings.
    mutating func strings(_ name: String) throws(IngestFault) -> [String]? {
        guard let value = take(name) else { return nil }
        var strings: [String] = []
        for value in value.array ?? [value] {
            guard let text = value.plainText else { throw wrong(name, "string", value) }
            strings.append(text)
        }
        return strings
    }

    func missing(_ name: String) -> IngestFault { .missingProperty(name, processor: processor, tag: tag) }

    func wrong(_ name: String, _ expected: String, _ value: JSONValue) -> IngestFault {
        .wrongProperty(name, expected: expected, actual: value.typeName, processor: processor, tag: tag)
    }

    func bad(_ name: String, _ problem: IngestFault.PropertyProblem) -> IngestFault {
        .badProperty(name, reason: problem, processor: processor, tag: tag)
    }

    /// - Throws: `IngestFault.unknownParameters` if some were not taken.
    func finish() throws(IngestFault) {
        if members.isEmpty { return }
        throw .unknownParameters(members.map(\.key), processor: processor)
    }
}
