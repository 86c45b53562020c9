internal import Shards

/// When an alias is to write into a new index, and what that is to be.
public struct Rollover: Sendable {
    /// A condition with its bound, as it is shown: `[max_docs: 5]`.
    public struct Condition: Sendable {
        public var measure: Measure
        /// With upper bounds one that is reached is enough; lower bounds must all be reached.
        public var isUpperBound: Bool
        public var text: String
        /// Documents, bytes or milliseconds.
        public var bound: Int

        public init(measure: Measure, isUpperBound: Bool, text: String, bound: Int) {
            self.measure = measure
            self.isUpperBound = isUpperBound
            self.text = text
            self.bound = bound
        }
    }

    /// What of an index is compared. Raw values are Elasticsearch's names, behind `max_` or `min_`.
    public enum Measure: String, CaseIterable, Sendable {
        case age
        case documents = "docs"
        case size
        case primaryShardSize = "primary_shard_size"
        case primaryShardDocuments = "primary_shard_docs"
    }

    public var alias: String
    /// Nil: the present one's, with its number plus one.
    public var newIndex: String?
    /// Empty: at once.
    public var conditions: [Condition]
    public var isDryRun: Bool

    public init(alias: String, newIndex: String?, conditions: [Condition], isDryRun: Bool) {
        self.alias = alias
        self.newIndex = newIndex
        self.conditions = conditions
        self.isDryRun = isDryRun
    }

    /// What was done, or with `dry_run` would be.
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
            switch condition.measure {
            case .age: Int(now) - index.metadata.creationMilliseconds
            case .documents: index.documents
            case .size: index.storeBytes
            case .primaryShardSize: largest { index.shards[$0].storeBytes }
            case .primaryShardDocuments: largest { index.shards[$0].documents }
            }
        return value >= condition.bound
    }

    func isDue(_ results: [(Condition, Bool)]) -> Bool {
        let most = results.filter(\.0.isUpperBound), least = results.filter { !$0.0.isUpperBound }
        return (most.isEmpty || most.contains { $0.1 }) && least.allSatisfy { $0.1 }
    }
}
