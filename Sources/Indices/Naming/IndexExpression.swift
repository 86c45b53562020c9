internal import Mapping

/// Which indices a request means: a comma-separated list of names and patterns, and what to do when one is missing.
///
/// Source: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/api-conventions#api-multi-index
public struct IndexExpression: Equatable, Sendable {
    /// Names of indices and aliases, date-math names, patterns with `*`, exclusions starting with `-` after a pattern.
    /// Empty means all.
    public var patterns: [String]
    /// A name that does not exist is passed over instead of refused.
    public var ignoresUnavailable: Bool
    /// Patterns may match nothing.
    public var allowsNone: Bool
    /// What patterns stand for.
    public var expansion: WildcardExpansion
    /// Whether a closed index may be named; else that is refused, or passed over where the unavailable is.
    public var takesClosed: Bool
    /// Whether aliases stand for their indices. Where they do not, the name of one is refused.
    public var takesAliases: Bool
    /// Whether names of data streams stand for their indices.
    public var takesDataStreams = true

    public init(
        _ patterns: [String], ignoresUnavailable: Bool = false, allowsNone: Bool = true, expansion: WildcardExpansion = .open,
        takesClosed: Bool = false, takesAliases: Bool = true
    ) {
        self.patterns = patterns
        self.ignoresUnavailable = ignoresUnavailable
        self.allowsNone = allowsNone
        self.expansion = expansion
        self.takesClosed = takesClosed
        self.takesAliases = takesAliases
    }

    /// All indices that are open.
    public static let all = IndexExpression([])

    /// All indices, whatever state they are in.
    public static let everything = IndexExpression([], ignoresUnavailable: true, expansion: .all, takesClosed: true)

    var isAll: Bool { patterns.isEmpty || patterns == ["_all"] || patterns == ["*"] }

    /// The names that are meant: indices, and aliases where they are taken; each once, patterns in name order.
    ///
    /// - Parameter now: milliseconds since 1970, for date-math names.
    /// - Complexity: O(1) for a plain name; a pattern looks at every name.
    /// - Throws: `IndicesError`: `.indexNotFound`, `.aliasesNotExpected`, `.invalidIndexName`, `.invalidDateMath`.
    func resolve(among names: IndexNames, now: Int64) throws(IndicesError) -> [String] {
        var found = NameList()
        var sawPattern = false
        for written in isAll ? ["*"] : patterns {
            let isExclusion = sawPattern && written.hasPrefix("-")
            let name = try DateMathName.resolved(isExclusion ? String(written.dropFirst()) : written, now: now)
            if isExclusion {
                let excluded = WildcardPattern(name)
                found.remove { excluded.matches($0) }
            } else if name == "_all" || name.contains("*") && (expandsWildcards || name == "*") {
                sawPattern = true
                let matches = names.matching(
                    name == "_all" ? "*" : name, expansion, takingAliases: takesAliases, takingStreams: takesDataStreams)
                if matches.isEmpty, !allowsNone { throw .indexNotFound(written) }
                matches.forEach { found.append($0) }
            } else if names.contains(name, takingAliases: takesAliases, takingStreams: takesDataStreams) {
                found.append(name)
            } else {
                try refuse(name, names)
            }
        }
        if found.names.isEmpty, !allowsNone { throw .indexNotFound(patterns.isEmpty ? "_all" : patterns.joined(separator: ",")) }
        return found.names
    }

    /// Without it a wildcard is a name like others, which nothing can have.
    private var expandsWildcards: Bool { !expansion.isDisjoint(with: [.open, .closed]) }

    private func refuse(_ name: String, _ names: IndexNames) throws(IndicesError) {
        if name.hasPrefix("_") { throw .invalidIndexName(name, reason: "must not start with '_'.") }
        if ignoresUnavailable { return }
        if names.dataStreams[name] == nil, names.aliases[name] != nil { throw .aliasesNotExpected(name) }
        throw .indexNotFound(name)
    }
}

/// Names in the order they were found, each once.
private struct NameList {
    private(set) var names: [String] = []
    private var known: Set<String> = []

    mutating func append(_ name: String) {
        if known.insert(name).inserted { names.append(name) }
    }

    mutating func remove(where isExcluded: (String) -> Bool) {
        names.removeAll(where: isExcluded)
        known = Set(names)
    }
}
