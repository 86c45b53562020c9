extension FieldIndexView {
    /// This view with a segment that has one field's values of any of its documents; what other segments have of that field
    /// is not seen.
    ///
    /// - Parameter segment: nil: no document has a value. It does not reach beyond this view's ordinals.
    /// - Complexity: O(segments).
    public func adding(_ segment: Segment?, as field: String) -> FieldIndexView {
        var others = segments
        for index in others.indices {
            if others[index].fields[field] != nil { others[index].fields[field] = nil }
            if others[index].isKey(field) { others[index].hiddenKeys.insert(field) }
        }
        // The last segment tells where the ordinals end.
        return FieldIndexView((segment.map { [$0] } ?? []) + others)
    }
}
