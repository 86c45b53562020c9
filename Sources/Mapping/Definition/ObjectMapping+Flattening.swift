/// `subobjects: false`: properties whose names have dots.
///
/// Reference: https://www.elastic.co/docs/reference/elasticsearch/mapping-reference/subobjects
extension ObjectMapping {
    /// Whether nothing below is an object.
    public var isFlat: Bool { subobjects == false }

    /// Adds what stands under a name, or merges it into what is there; of an object, its properties under their whole names.
    ///
    /// - Parameters:
    ///   - path: this object's path; empty: the root.
    ///   - dynamic: what holds for this object, its own or an enclosing one's.
    /// - Throws: `MappingError.cannotFlatten` of an object that is more than its properties, `.nestedInFlat`, and what merging throws.
    mutating func mergeFlat(
        name: String, _ node: MappingNode, path: String, dynamic: Dynamic
    ) throws(MappingError) {
        guard case .object(let object) = node else {
            let full = path.isEmpty ? name : path + "." + name
            guard case .field(let field) = node else { return }
            if case .field(let old)? = properties[name] {
                properties[name] = .field(try old.merging(field, path: full))
            } else {
                properties[name] = node
            }
            return
        }
        guard object.nested == nil else {
            throw .nestedInFlat(name: name, object: path.split(separator: ".").last.map(String.init) ?? "_doc")
        }
        if let problem = object.flatteningProblem(in: dynamic) { throw .cannotFlatten(name: name, problem) }
        for (inner, node) in object.properties {
            try mergeFlat(name: name + "." + inner, node, path: path, dynamic: dynamic)
        }
    }

    private func flatteningProblem(in outer: Dynamic) -> MappingError.FlatteningProblem? {
        if let dynamic, dynamic != outer { return .dynamic(dynamic, outer: outer) }
        if !isEnabled { return .disabled }
        return subobjects == true ? .subobjects : nil
    }
}

extension Mapping {
    /// The names on the way from the root to a path: each an object's, and the last one of what stands there, which has dots
    /// below an object that is flat.
    ///
    /// - Parameter additions: what a document adds to the mapping, by path.
    func names(on path: String, additions: [String: MappingNode] = [:]) -> [String] {
        var names: [String] = []
        var object: ObjectMapping? = root
        var rest = path[...]
        while object?.isFlat != true, let dot = rest.firstIndex(of: ".") {
            let name = String(rest[..<dot])
            names.append(name)
            rest = rest[rest.index(after: dot)...]
            switch object?.properties[name] ?? additions[names.joined(separator: ".")] {
            case .object(let child)?: object = child
            case .field?, nil: object = nil
            }
        }
        names.append(String(rest))
        return names
    }
}
