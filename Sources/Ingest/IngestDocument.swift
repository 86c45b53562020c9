public import JSON

/// A document on its way through a pipeline: its source, its metadata, and what pipelines keep beside it.
public struct IngestDocument: Equatable, Sendable {
    /// An object: the source's members and the metadata fields, as scripts see them.
    public var fields: JSONValue
    /// `_ingest`: an object.
    public var ingest: JSONValue
    /// The pipelines that were asked for and that it went through, without those that they call.
    public internal(set) var pipelines: [String] = []
    /// Whether the pipeline that it is in ends here.
    var isTerminated = false
    /// Whether it was sent on to another index: all pipelines end, and that index's follow.
    var isRerouted = false

    /// The fields that are not of the source.
    public static let metadataNames = [
        "_index", "_id", "_routing", "_version", "_version_type", "_if_seq_no", "_if_primary_term", "_dynamic_templates", "_op_type",
    ]

    /// - Parameters:
    ///   - source: an object.
    ///   - metadata: `_index`, `_id`, …
    ///   - timestamp: ISO 8601.
    public init(source: JSONMembers, metadata: JSONMembers, timestamp: String) {
        var fields = metadata
        for member in source where !Self.metadataNames.contains(member.key) { fields[member.key] = member.value }
        self.fields = .object(fields)
        ingest = ["timestamp": .string(timestamp)]
    }

    /// The document without its metadata.
    public var source: JSONMembers {
        JSONMembers((fields.object ?? [:]).filter { !Self.metadataNames.contains($0.key) }.map { ($0.key, $0.value) })
    }

    public var metadata: JSONMembers {
        JSONMembers((fields.object ?? [:]).filter { Self.metadataNames.contains($0.key) }.map { ($0.key, $0.value) })
    }

    /// `_index`, `_id`, `_routing`, …, as text; nil where the document has none.
    public func metadata(_ name: String) -> String? { fields[name]?.plainText }

    // MARK: Fields

    /// - Throws: `IngestFault` where the path leads nowhere.
    func value(at path: FieldPath) throws(IngestFault) -> JSONValue {
        var value = path.root == .ingest ? ingest : fields
        for name in path.names { value = try Self.step(into: value, name, path) }
        return value
    }

    /// - Returns: nil where the path leads nowhere.
    func find(_ path: FieldPath) -> JSONValue? { try? value(at: path) }

    func has(_ path: FieldPath) -> Bool { find(path) != nil }

    private static func step(into value: JSONValue, _ name: String, _ path: FieldPath) throws(IngestFault) -> JSONValue {
        if let object = value.object {
            guard let member = object[name] else { throw .noSuchField(name, path: path.text) }
            return member
        }
        if let array = value.array { return array[try index(name, array.count, path)] }
        if case .null = value { throw .nullParent(name, path: path.text) }
        throw .noObject(name, type: value.typeName, path: path.text)
    }

    private static func index(_ name: String, _ count: Int, _ path: FieldPath) throws(IngestFault) -> Int {
        guard let index = Int(name) else { throw .noIndex(name, path: path.text) }
        guard 0..<count ~= index else { throw .indexOutOfBounds(index, count: count, path: path.text) }
        return index
    }

    /// Puts a value at a path; objects that are missing on the way are made.
    mutating func set(_ path: FieldPath, _ value: JSONValue) throws(IngestFault) {
        guard !path.names.isEmpty else { throw .emptyPath }
        try change(path) { (_) throws(IngestFault) in value }
    }

    /// - Throws: `IngestFault.noSuchField` where there is nothing.
    mutating func remove(_ path: FieldPath) throws(IngestFault) {
        _ = try value(at: path)
        try change(path) { (_) throws(IngestFault) in nil }
    }

    /// Puts values behind those of a list, or makes a list of what is there and them.
    mutating func append(_ path: FieldPath, _ values: [JSONValue], allowsDuplicates: Bool = true) throws(IngestFault) {
        try change(path) { (former) throws(IngestFault) in
            var list: [JSONValue] = former.map { $0.array ?? [$0] } ?? []
            if case .null? = former { list = [] }
            for value in values where allowsDuplicates || !list.contains(value) { list.append(value) }
            return .array(list)
        }
    }

    private mutating func change(
        _ path: FieldPath, _ body: (JSONValue?) throws(IngestFault) -> JSONValue?
    ) throws(IngestFault) {
        if path.root == .ingest {
            ingest = try Self.changed(ingest, path.names[...], path, body)
        } else {
            fields = try Self.changed(fields, path.names[...], path, body)
        }
    }

    private static func changed(
        _ value: JSONValue, _ names: ArraySlice<String>, _ path: FieldPath,
        _ body: (JSONValue?) throws(IngestFault) -> JSONValue?
    ) throws(IngestFault) -> JSONValue {
        guard let name = names.first else { return value }
        let rest = names.dropFirst()
        // As deep as JSON is read: deeper could not be read back.
        guard path.names.count <= 500 else { throw .tooMuch }
        if var object = value.object {
            object[name] = try rest.isEmpty ? body(object[name]) : changed(object[name] ?? [:], rest, path, body)
            return .object(object)
        }
        if var array = value.array {
            let index = try index(name, array.count, path)
            if !rest.isEmpty {
                array[index] = try changed(array[index], rest, path, body)
            } else if let new = try body(array[index]) {
                array[index] = new
            } else {
                array.remove(at: index)
            }
            return .array(array)
        }
        if case .null = value { throw .nullParent(name, path: path.text) }
        throw .noObject(name, type: value.typeName, path: path.text)
    }

    /// A field that must hold a text.
    func string(at path: FieldPath) throws(IngestFault) -> String {
        let value = try value(at: path)
        guard let string = value.string else {
            throw .wrongType(path.text, actual: value.typeName, expected: "java.lang.String")
        }
        return string
    }
}
