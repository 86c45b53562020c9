internal import JSON

extension JSONElement {
    /// Calls `body` with every value at a path, through arrays and dotted keys.
    ///
    /// - Complexity: O(*n*) in the members of the objects on the way.
    func visit(_ names: ArraySlice<String>, _ body: (JSONElement) -> Void) {
        if names.isEmpty { return body(self) }
        if let array {
            for item in array { item.visit(names, body) }
            return
        }
        guard let members = object else { return }
        for (key, value) in members {
            // The key may span several names: {"a.b": 1}.
            let parts = key.split(separator: ".", omittingEmptySubsequences: false)
            if names.count >= parts.count, zip(names, parts).allSatisfy({ $0 == $1 }) {
                value.visit(names.dropFirst(parts.count), body)
            }
        }
    }
}
