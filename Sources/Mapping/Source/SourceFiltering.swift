public import JSON

/// Takes parts out of a document by patterns of dotted paths, for `_source` in mappings and in searches.
///
/// A pattern names a field or everything below an object; `*` stands for any run of characters, dots among them.
public struct SourceFiltering: Sendable {
    private let includes: [PathPattern]
    private let excludes: [PathPattern]

    /// - Parameter includes: empty: everything.
    public init(includes: [String], excludes: [String]) {
        self.includes = includes.map(PathPattern.init)
        self.excludes = excludes.map(PathPattern.init)
    }

    /// What the patterns leave of an object. Objects that lose all they had vanish, as do arrays of them.
    public func filter(_ element: JSONElement) -> JSONValue {
        filter(element, path: "", isIncluded: includes.isEmpty) ?? .object([:])
    }

    private func filter(_ element: JSONElement, path: String, isIncluded: Bool) -> JSONValue? {
        if let members = element.object {
            let kept = members.compactMap { key, value -> (String, JSONValue)? in
                let full = path.isEmpty ? key : path + "." + key
                guard !excludes.contains(where: { $0.covers(full) }) else { return nil }
                let isIncluded = isIncluded || includes.contains { $0.covers(full) }
                guard isIncluded || includes.contains(where: { $0.mayMatch(below: full) }) else { return nil }
                return filter(value, path: full, isIncluded: isIncluded).map { (key, $0) }
            }
            // What a pattern above did not choose stands only for what is chosen inside it.
            if kept.isEmpty, !isIncluded { return .none }
            return .some(.object(JSONMembers(kept)))
        }
        if let array = element.array {
            // Nothing below can be cut: the array is taken as it is.
            if isIncluded, !excludes.contains(where: { $0.mayMatch(below: path) }) { return JSONValue(element) }
            let kept = array.compactMap { filter($0, path: path, isIncluded: isIncluded) }
            return kept.isEmpty && !isIncluded ? .none : .some(.array(kept))
        }
        return isIncluded ? .some(JSONValue(element)) : .none
    }
}

/// One pattern of a dotted path.
private struct PathPattern: Sendable {
    private let text: String
    private let whole: WildcardPattern
    private let below: WildcardPattern
    private let hasWildcard: Bool

    init(_ text: String) {
        self.text = text
        whole = WildcardPattern(text)
        below = WildcardPattern(text + ".*")
        hasWildcard = text.contains("*")
    }

    /// Whether the pattern names this path or an object above it.
    func covers(_ path: String) -> Bool {
        hasWildcard ? whole.matches(path) || below.matches(path) : path == text || path.hasPrefix(text + ".")
    }

    /// Whether the pattern could name something below this path.
    func mayMatch(below path: String) -> Bool {
        guard hasWildcard else { return text.hasPrefix(path + ".") }
        let literal = text.prefix { $0 != "*" }
        let prefix = path + "."
        return literal.hasPrefix(prefix) || prefix.hasPrefix(literal)
    }
}
