public import JSON
internal import Synchronization

/// The runtime fields of an index, or of a search.
public struct RuntimeFields: Equatable, Sendable {
    public private(set) var fields: [String: RuntimeField] = [:]
    /// Definitions of composite fields, whose parts stand among the fields.
    private var composites: [String: JSONValue] = [:]
    /// Those that an update takes away.
    var removed: Set<String> = []
    /// Takes down which are asked for.
    private var use: Use?

    public init() {}

    /// Reads a `runtime` or `runtime_mappings` object. A null takes the field away.
    ///
    /// - Throws: `MappingError`.
    public init(decoding element: JSONElement) throws(MappingError) {
        if let array = element.array, array.isEmpty { return }
        guard let members = element.object else { throw .runtimeField("runtime", .notAnObject) }
        for (name, value) in members {
            if value.isNull {
                removed.insert(name)
            } else {
                guard name.contains(where: { !$0.isWhitespace }) else { throw .invalidFieldName(name) }
                if value.object?["type"]?.string == "composite" {
                    let composite = try CompositeRuntimeField(decoding: value, name: name)
                    fields.merge(composite.parts) { $1 }
                    composites[name] = composite.definition
                    continue
                }
                fields[name] = try RuntimeField(decoding: value, name: name)
            }
        }
    }

    /// Adds a field that a search has computed.
    public mutating func add(_ name: String, type: String) {
        fields[name] = RuntimeField(computed: type)
    }

    public var isEmpty: Bool { fields.isEmpty }

    /// Those that a pattern finds.
    public var named: [String: RuntimeField] { fields.filter { !$0.value.isComputed } }

    public subscript(name: String) -> RuntimeField? { fields[name] }

    /// Those of another take the place of these.
    func merging(_ other: RuntimeFields) -> RuntimeFields {
        var merged = self
        for name in other.removed.union(other.composites.keys).union(other.fields.keys) where merged.composites[name] != nil {
            merged.composites[name] = nil
            merged.fields = merged.fields.filter { $0.value.part?.composite != name }
        }
        merged.fields.merge(other.fields) { $1 }
        merged.composites.merge(other.composites) { $1 }
        for name in other.removed { merged.fields[name] = nil }
        return merged
    }

    /// - Parameter definitions: by name.
    /// - Throws: `MappingError`.
    init(ofTypes definitions: [String: JSONValue]) throws(MappingError) {
        self.init()
        let text = JSONValue.object(JSONMembers(definitions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })).serialized()
        guard !definitions.isEmpty, let document = try? JSONDocument(parsing: text) else { return }
        try self.init(decoding: document.root)
    }

    public static func == (left: RuntimeFields, right: RuntimeFields) -> Bool {
        left.fields == right.fields && left.composites == right.composites
    }

    var encoded: JSONValue {
        let own = fields.filter { $0.value.part == nil }.mapValues(\.definition)
        return .object(JSONMembers(own.merging(composites) { $1 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
    }

    // MARK: Use

    private final class Use: Sendable {
        let names = Mutex<Set<String>>([])
    }

    /// The same fields, with a record of its own of which are asked for.
    func recording() -> RuntimeFields {
        var copy = self
        copy.use = Use()
        return copy
    }

    /// A field that is about to be used.
    func field(_ name: String) -> FieldMapping? {
        guard let field = fields[name]?.field else { return nil }
        _ = use?.names.withLock { $0.insert(name) }
        return field
    }

    /// Which were asked for since recording began.
    public var used: Set<String> { use?.names.withLock { $0 } ?? [] }
}

extension Mapping {
    /// This mapping with further runtime fields, as one search sees it: it records which of them are used.
    ///
    /// - Complexity: O(runtime fields).
    public func searched(with runtime: RuntimeFields) -> Mapping {
        var mapping = self
        mapping.runtime = self.runtime.merging(runtime)
        if mapping.runtime.isEmpty { return self }
        mapping.runtime = mapping.runtime.recording()
        return mapping
    }
}
