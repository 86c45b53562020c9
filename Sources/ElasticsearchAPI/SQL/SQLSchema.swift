internal import Mapping

/// The columns of a table: what the fields of its indices have in common.
struct SQLSchema: Sendable {
    struct Field: Equatable, Sendable {
        var path: String
        var type: SQLType
        /// The type as `_field_caps` names it.
        var family: String
        /// It holds another field's values.
        var isMultiField: Bool
        /// The paths of multi-fields that hold a text's values whole.
        var exactFields: [String] = []
        /// It is in objects that are documents of their own.
        var isNested: Bool
        /// The indices by type, where they do not agree.
        var conflict: [String: [String]] = [:]

        /// The last part of its path.
        var name: String { path.split(separator: ".").last.map(String.init) ?? path }
    }

    /// Objects too.
    private(set) var fields: [String: Field] = [:]

    /// - Parameter runtime: fields that the request adds to every index.
    init(_ indices: [(name: String, mapping: Mapping)], runtime: RuntimeFields = RuntimeFields()) {
        var families: [String: [String: [String]]] = [:]
        for index in indices {
            let mapping = index.mapping.searched(with: runtime)
            for (path, isNested) in mapping.root.objects(below: "") {
                add(path, isNested ? "nested" : "object", isMultiField: false, mapping)
                families[path, default: [:]][isNested ? "nested" : "object", default: []].append(index.name)
            }
            for (path, field) in mapping.fields {
                let parent = path.lastIndex(of: ".").map { String(path[..<$0]) }
                let isMultiField = parent.map { mapping.field($0) != nil } ?? false
                add(path, field.type.family, isMultiField: isMultiField, mapping)
                families[path, default: [:]][field.type.family, default: []].append(index.name)
                if isMultiField, field.type.family == "keyword", let parent, fields[parent]?.exactFields.contains(path) == false {
                    fields[parent]?.exactFields.append(path)
                }
            }
        }
        for (path, types) in families where types.count > 1 {
            fields[path]?.type = .unsupported
            fields[path]?.conflict = types
        }
    }

    private mutating func add(_ path: String, _ family: String, isMultiField: Bool, _ mapping: Mapping) {
        guard fields[path] == nil else { return }
        fields[path] = Field(
            path: path, type: SQLType(family: family), family: family, isMultiField: isMultiField,
            isNested: mapping.nestedPath(around: path) != nil)
    }

    /// All fields, those of an object together.
    var inOrder: [Field] {
        fields.values.map { (parts: $0.path.split(separator: ".").map(String.init), field: $0) }
            .sorted { $0.parts.lexicographicallyPrecedes($1.parts) { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) } }
            .map(\.field)
    }

    /// The fields that `*` stands for: those with values of their own, of the rows themselves.
    ///
    /// - Parameter object: only those below it; empty: all.
    func starred(below object: String) -> [Field] {
        inOrder.filter { field in
            switch field.type {
            case .object, .nested, .unsupported: false
            default: !field.isMultiField && !field.isNested && (object.isEmpty || field.path.hasPrefix(object + "."))
            }
        }
    }
}
