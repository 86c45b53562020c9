internal import Mapping

/// The aliases that indices are to have, as actions are gone through.
struct AliasChange {
    let names: IndexNames
    /// By index.
    private(set) var changes: [String: [String: AliasMetadata]] = [:]

    init(names: IndexNames) {
        self.names = names
    }

    private func aliases(of index: String) -> [String: AliasMetadata] {
        changes[index] ?? names[index]?.record.metadata.aliases ?? [:]
    }

    /// What is different of some of the changes.
    func steps(of changes: [String: [String: AliasMetadata]]) -> [AliasIntent.Step] {
        changes.sorted { $0.key < $1.key }.flatMap { index, aliases -> [AliasIntent.Step] in
            guard let record = names[index]?.record.metadata else { return [] }
            return Set(aliases.keys).union(record.aliases.keys).sorted().filter { aliases[$0] != record.aliases[$0] }
                .map { AliasIntent.Step(index: record.uuid, alias: $0, metadata: aliases[$0]) }
        }
    }

    mutating func add(_ added: [String], _ metadata: AliasMetadata, to index: String) {
        changes[index] = added.reduce(into: aliases(of: index)) { $0[$1] = metadata }
    }

    /// - Parameter removals: names and patterns.
    /// - Returns: those that none of the indices has.
    mutating func remove(_ removals: [String], from indices: [String]) -> [String] {
        removals.filter { removal in
            let pattern = WildcardPattern(removal == "_all" ? "*" : removal)
            var isFound = false
            for index in indices {
                let aliases = aliases(of: index)
                let kept = aliases.filter { !pattern.matches($0.key) }
                if kept.count < aliases.count { isFound = true }
                changes[index] = kept
            }
            return !isFound
        }
    }
}
