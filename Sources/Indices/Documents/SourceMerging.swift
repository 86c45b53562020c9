internal import JSON

extension JSONValue {
    /// Merges the members of an object into this one, as partial updates do: objects member by member, all else replaced.
    ///
    /// - Returns: whether anything is different now.
    /// - Complexity: O(*n*) in both objects.
    @discardableResult
    mutating func merge(_ changes: JSONMembers) -> Bool {
        guard case .object(let members) = self else { return false }
        var pairs = members.map { ($0.key, $0.value) }
        let positions = Dictionary(pairs.enumerated().map { ($1.0, $0) }, uniquingKeysWith: { $1 })
        var added: [String: Int] = [:]
        var isChanged = false
        for change in changes {
            guard let position = positions[change.key] ?? added[change.key] else {
                added[change.key] = pairs.count
                pairs.append((change.key, change.value))
                isChanged = true
                continue
            }
            if case .object(let nested) = change.value, case .object = pairs[position].1 {
                if pairs[position].1.merge(nested) { isChanged = true }
            } else if pairs[position].1 != change.value {
                pairs[position].1 = change.value
                isChanged = true
            }
        }
        self = .object(JSONMembers(pairs))
        return isChanged
    }
}
