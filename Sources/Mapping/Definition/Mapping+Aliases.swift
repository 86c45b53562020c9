extension Mapping {
    /// The path that a field's values are indexed under: an alias's target, and any other path itself.
    public func target(of path: String) -> String {
        if aliases.isEmpty { return path }
        if let target = aliases[path] { return target }
        // What an alias stands for may know fields that are not mapped.
        if leaves[path] == nil {
            for dot in path.indices where path[dot] == "." {
                if let target = aliases[String(path[..<dot])] { return target + path[dot...] }
            }
        }
        return path
    }

    /// Where the values of a field stand in a source: a multi-field's in its parent's place.
    func sourceNames(of path: String) -> [String] {
        let path = target(of: path)
        let names = path.split(separator: ".").map(String.init)
        guard let name = names.last, let parent = leaves[names.dropLast().joined(separator: ".")] else { return names }
        // Beside the multi-field there may be a field of its own, where names have dots.
        return parent.allFields[name] == nil ? names : names.dropLast()
    }

    /// A field below one whose type knows fields that are not mapped.
    func openField(_ path: String) -> FieldMapping? {
        for index in path.indices where path[index] == "." {
            guard case .served(let served)? = leaves[String(path[..<index])]?.type else { continue }
            if let field = served.definition.field(named: String(path[path.index(after: index)...])) { return field }
        }
        return nil
    }

    /// Puts the fields that aliases stand for in their places.
    ///
    /// - Throws: `MappingError.invalidAlias`.
    static func resolvingAliases(
        _ leaves: [String: FieldMapping]
    ) throws(MappingError) -> (leaves: [String: FieldMapping], aliases: [String: String]) {
        var resolved = leaves
        var aliases: [String: String] = [:]
        for (path, field) in leaves {
            guard case .served(let served) = field.type, let alias = served.definition as? AliasType else { continue }
            guard alias.target != path else { throw .invalidAlias(path: alias.target, field: path, problem: .itself) }
            // An update of a mapping may name what stands in the mapping it is merged into.
            guard let target = leaves[alias.target] else {
                resolved[path] = nil
                aliases[path] = alias.target
                continue
            }
            if case .served(let other) = target.type, other.definition is AliasType {
                throw .invalidAlias(path: alias.target, field: path, problem: .targetIsAlias)
            }
            resolved[path] = target
            aliases[path] = alias.target
        }
        return (resolved, aliases)
    }

    /// - Throws: `MappingError.invalidAlias` where an alias stands for nothing.
    func validateAliases() throws(MappingError) {
        for (path, target) in aliases.sorted(by: { $0.key < $1.key }) where field(target) == nil {
            throw .invalidAlias(path: target, field: path, problem: .missingTarget)
        }
    }
}
