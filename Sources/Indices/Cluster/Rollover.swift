public import JSON
internal import Shards

/// When an alias is to write into a new index, and what that is to be.
public struct Rollover: Sendable {
    /// A condition with its bound, as it is shown: `[max_docs: 5]`.
    public struct Condition: Sendable {
        public var name: String
        public var text: String
        /// Documents, bytes or milliseconds.
        public var bound: Int

        public init(name: String, text: String, bound: Int) {
            self.name = name
            self.text = text
            self.bound = bound
        }
    }

    public var alias: String
    /// Nil: the present one's, with its number plus one.
    public var newIndex: String?
    /// With `max_` one that holds is enough; with `min_` all must hold. Empty: at once.
    public var conditions: [Condition]
    public var isDryRun: Bool

    public init(alias: String, newIndex: String?, conditions: [Condition], isDryRun: Bool) {
        self.alias = alias
        self.newIndex = newIndex
        self.conditions = conditions
        self.isDryRun = isDryRun
    }

    public struct Outcome: Sendable {
        public var oldIndex: String
        public var newIndex: String
        public var isRolledOver: Bool
        /// Whether each condition holds.
        public var conditions: [(text: String, holds: Bool)]
    }

    /// The name with its number plus one: `logs-000001` becomes `logs-000002`.
    ///
    /// - Returns: nil where the name does not end in a number after a hyphen.
    static func successor(of name: String) -> String? {
        guard let hyphen = name.lastIndex(of: "-"), let number = Int(name[name.index(after: hyphen)...]), number < .max, number >= 0
        else { return nil }
        let digits = String(number + 1)
        return name[...hyphen] + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    func holds(_ condition: Condition, for index: IndexStatistics, now: Int64) -> Bool {
        let largest = { (value: (Int) -> Int) in (0..<index.shards.count).map(value).max() ?? 0 }
        let value =
            switch condition.name.dropFirst(4) {
            case "age": Int(now) - index.metadata.creationMilliseconds
            case "docs": index.documents
            case "size": index.storeBytes
            case "primary_shard_size": largest { index.shards[$0].storeBytes }
            default: largest { index.shards[$0].documents }
            }
        return value >= condition.bound
    }

    func isDue(_ results: [(Condition, Bool)]) -> Bool {
        let most = results.filter { $0.0.name.hasPrefix("max_") }, least = results.filter { $0.0.name.hasPrefix("min_") }
        return (most.isEmpty || most.contains { $0.1 }) && least.allSatisfy { $0.1 }
    }
}

extension IndexRegistry {
    /// - Parameter create: makes the new index, with the aliases it shall have.
    /// - Throws: `IndicesError`: `.rolloverTargetNotAlias`, `.noWriteIndex`, `.noRolloverNumber`, and what making an index throws.
    public func rollOver(
        _ rollover: Rollover, settings: IndexSettings, mapping: JSONValue?, aliases: [String: AliasMetadata]
    ) async throws -> Rollover.Outcome {
        let names = indices.names
        let alias = rollover.alias
        guard let members = names.aliases[alias] else { throw IndicesError.rolloverTargetNotAlias(alias) }
        guard let slot = try names.writeTarget(of: alias) else { throw IndicesError.noWriteIndex(alias: alias) }
        let old = try slot.opened()
        guard let newName = rollover.newIndex ?? Rollover.successor(of: old.name) else {
            throw IndicesError.noRolloverNumber(old.name)
        }
        let statistics = old.statistics(), now = now
        let results = rollover.conditions.map { ($0, rollover.holds($0, for: statistics, now: now)) }
        var outcome = Rollover.Outcome(
            oldIndex: old.name, newIndex: newName, isRolledOver: false, conditions: results.map { ($0.0.text, $0.1) })
        guard !rollover.isDryRun, rollover.isDue(results) else { return outcome }
        try await createIndex(newName, settings: settings, mapping: Self.mapping(mapping, of: newName), aliases: aliases)
        let metadata = old.metadata.aliases[alias] ?? AliasMetadata()
        var next = metadata
        var actions: [AliasAction] = []
        if metadata.isWriteIndex == true {
            // The old index stays readable through the alias.
            var former = metadata
            former.isWriteIndex = false
            actions.append(.add(indices: [old.name], aliases: [alias], former))
        } else {
            next.isWriteIndex = nil
            actions.append(.remove(indices: members, aliases: [alias], mustExist: nil))
        }
        actions.append(.add(indices: [newName], aliases: [alias], next))
        try await updateAliases(actions)
        outcome.isRolledOver = true
        return outcome
    }
}
