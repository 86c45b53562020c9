internal import Mapping
internal import Shards

extension IndexRegistry {
    /// The fields of an index that some document has a value of.
    ///
    /// - Complexity: O(fields · segments).
    public func presentFields(of name: String) -> Set<String> {
        guard let index = index(name) else { return [] }
        let mapping = index.metadata.mapping
        let views = index.shards.map(\.view)
        var present: Set<String> = []
        for (path, field) in mapping.fields {
            if case .served(let served) = field.type, case .constant(let value) = served.column {
                if value != nil { present.insert(path) }
                continue
            }
            let target = mapping.target(of: path)
            if views.contains(where: { $0.hasValues(of: target) }) { present.insert(path) }
        }
        return present
    }
}
