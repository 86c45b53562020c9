extension Mapping {
    /// Whether objects at a path are documents of their own.
    public func isNested(_ path: String) -> Bool { nestedPaths.contains(path) }

    /// The path of the nested objects that a field, or an object, belongs to; nil: the root's own. A nested object belongs
    /// to the one around it.
    ///
    /// - Complexity: O(length of the path), and O(1) without nested objects.
    public func nestedPath(around path: String) -> String? {
        if nestedPaths.isEmpty { return nil }
        var rest = path[...]
        while let dot = rest.lastIndex(of: ".") {
            rest = rest[..<dot]
            if nestedPaths.contains(String(rest)) { return String(rest) }
        }
        return nil
    }

    /// Every path of nested objects that a path leads through, outermost first, its own among them.
    public func nestedPaths(on path: String) -> [String] {
        var found: [String] = isNested(path) ? [path] : []
        var last = path
        while let next = nestedPath(around: last) {
            found.append(next)
            last = next
        }
        return found.reversed()
    }

    /// How the documents of a nested path show where they come from: in the index, under the name of this field.
    public static let nestedPathField = "_nested_path"
}
