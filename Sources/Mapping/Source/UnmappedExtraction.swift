public import JSON

/// Reads what a source holds and no mapping knows: `fields` with `include_unmapped`.
public struct UnmappedExtraction: Sendable {
    private let patterns: [WildcardPattern]
    private let mapping: Mapping

    public init(_ patterns: [String], mapping: Mapping) {
        self.patterns = patterns.map { WildcardPattern($0) }
        self.mapping = mapping
    }

    public var isEmpty: Bool { patterns.isEmpty }

    /// Values by full path, arrays flattened.
    ///
    /// - Complexity: O(*n*) in the source.
    public func extract(from source: JSONElement) -> JSONMembers {
        var found = JSONMembers()
        if !patterns.isEmpty { read(source, "", &found) }
        return found
    }

    /// Elasticsearch takes what stands in inner lists first, and notes nulls in lists.
    private func read(_ element: JSONElement, _ path: String, _ found: inout JSONMembers) {
        if !path.isEmpty, mapping.field(path) != nil { return }
        if let members = element.object {
            for (key, value) in members where !path.isEmpty || key != DocumentReader.documentCountField { read(value, path.isEmpty ? key : path + "." + key, &found) }
        } else if let array = element.array {
            var items: [JSONValue] = []
            for item in array {
                if item.object != nil || item.array != nil {
                    read(item, path, &found)
                } else if patterns.contains(where: { $0.matches(path) }) {
                    items.append(JSONValue(item))
                }
            }
            if !items.isEmpty { found[path] = .array((found[path]?.array ?? []) + items) }
        } else if !element.isNull, patterns.contains(where: { $0.matches(path) }) {
            var values = found[path]?.array ?? []
            values.append(JSONValue(element))
            found[path] = .array(values)
        }
    }
}
