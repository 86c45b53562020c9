public import JSON
internal import Synchronization

/// The runtime fields of an index, or of a search.
public struct RuntimeFields: Equatable, Sendable {
    public private(set) var fields: [String: RuntimeField] = [:]
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
        merged.fields.merge(other.fields) { $1 }
        for name in other.removed { merged.fields[name] = nil }
        return merged
    }

    public static func == (left: RuntimeFields, right: RuntimeFields) -> Bool { left.fields == right.fields }

    var encoded: JSONValue { .object(JSONMembers(fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value.definition) })) }

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
