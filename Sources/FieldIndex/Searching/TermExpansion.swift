extension FieldIndexView {
    /// The first terms that begin with a prefix, in their order.
    ///
    /// - Complexity: O(segments · limit).
    public func terms(withPrefix prefix: String, limit: Int, in field: String) -> [String] {
        var found: Set<String> = []
        for segment in segments {
            guard let index = segment.terms(field) else { continue }
            for rank in index.dictionary.ranks(withPrefix: Array(prefix.utf8)).prefix(limit) {
                found.insert(String(decoding: index.dictionary.utf8(rank), as: UTF8.self))
            }
        }
        return Array(found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(limit))
    }
}
