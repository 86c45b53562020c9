public import JSON
public import Scripts

/// An ingest pipeline, read.
public struct Pipeline: Sendable {
    public let id: String
    /// As it was put.
    public let definition: JSONMembers
    public let version: Int?
    let processors: [Processor]
    let onFailure: [Processor]

    /// Whether a model may be asked by it.
    public var asksModels: Bool { (processors + onFailure).contains(where: \.asksModels) }

    /// - Parameter storedScript: looks up what processors name by an id.
    /// - Throws: `IngestFault`.
    public init(
        _ id: String, _ definition: JSONMembers, storedScript: @escaping @Sendable (ScriptReference) throws -> Script
    ) throws(IngestFault) {
        self.id = id
        self.definition = definition
        let decoder = ProcessorDecoder(storedScript: storedScript)
        var options = definition
        func take(_ name: String) -> JSONValue? {
            defer { options[name] = nil }
            return options[name]
        }
        func wrong(_ name: String, _ expected: String, _ value: JSONValue) -> IngestFault {
            .wrongProperty(name, expected: expected, actual: value.typeName, processor: nil, tag: nil)
        }
        if let value = take("description"), value.string == nil { throw wrong("description", "string", value) }
        if case .int(let version)? = take("version") { self.version = version } else { version = nil }
        if let value = take("_meta"), value.object == nil { throw wrong("_meta", "map", value) }
        if let value = take("deprecated"), value != true, value != false { throw wrong("deprecated", "boolean", value) }
        guard let list = take("processors") else { throw .missingProperty("processors", processor: nil, tag: nil) }
        guard let processors = list.array else { throw wrong("processors", "list", list) }
        self.processors = try decoder.processors(processors)
        if let list = take("on_failure") {
            guard let processors = list.array else { throw wrong("on_failure", "list", list) }
            guard !processors.isEmpty else { throw .emptyOnFailureOfPipeline(id) }
            onFailure = try decoder.processors(processors)
        } else {
            onFailure = []
        }
        if !options.isEmpty { throw .unknownParameters(options.map(\.key), processor: nil) }
    }
}
