public import Indices
public import JSON
internal import Mapping

/// The body of `_rollover`.
public struct RolloverBody: Sendable {
    public private(set) var conditions: [Rollover.Condition] = []
    public private(set) var settings: JSONElement?
    public private(set) var mappings: JSONValue?
    public private(set) var aliases: [String: AliasMetadata] = [:]

    private enum Key: String, BodyKey {
        case conditions, settings, mappings, aliases
    }

    /// No body.
    public init() {}

    /// - Throws: `ElasticsearchError`.
    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        self = try JSONBody.decode(body) { (root) throws(ParseError) in
            var result = RolloverBody()
            for (key, field) in try root.fields(Key.self, of: .object("rollover")) {
                switch key {
                case .conditions:
                    for condition in try field.value.members(of: .object("conditions")) {
                        result.conditions.append(try Self.condition(condition))
                    }
                case .settings: result.settings = field.element
                case .mappings: result.mappings = JSONValue(field.element)
                case .aliases: result.aliases = try AliasParts.aliases(field)
                }
            }
            return result
        }
        let isBounded = conditions.isEmpty || conditions.contains(where: \.isUpperBound)
        guard isBounded else { throw .validation(["at least one max_* rollover condition must be set when using min_* conditions"]) }
    }

    private static let known = [("max_", true), ("min_", false)].flatMap { prefix, isUpperBound in
        Rollover.Measure.allCases.map { (name: prefix + $0.rawValue, measure: $0, isUpperBound: isUpperBound) }
    }

    private static func condition(_ field: Field) throws(ParseError) -> Rollover.Condition {
        guard let (_, measure, isUpperBound) = known.first(where: { $0.name == field.name }) else {
            throw Parser.object("conditions").unknown(field, known: known.map(\.name))
        }
        let text = try field.text()
        let bound: Int? =
            switch measure {
            case .age: TimeValue.parse(text).map { Int(clamping: Int64($0 / .milliseconds(1))) }
            case .documents, .primaryShardDocuments: Int(text)
            case .size, .primaryShardSize: ByteSize(parsing: text)?.bytes
            }
        guard let bound else { throw .argument("failed to parse [\(field.name)] with value [\(text)]", at: field.path) }
        return Rollover.Condition(measure: measure, isUpperBound: isUpperBound, text: "[\(field.name): \(text)]", bound: bound)
    }
}

extension Rollover.Outcome {
    /// The body of the answer.
    public func json(isDryRun: Bool) -> JSONValue {
        [
            "acknowledged": .bool(isRolledOver), "shards_acknowledged": .bool(isRolledOver), "old_index": .string(oldIndex),
            "new_index": .string(newIndex), "rolled_over": .bool(isRolledOver), "dry_run": .bool(isDryRun), "lazy": false,
            "conditions": .object(conditions.map { ($0.text, .bool($0.holds)) }.members),
        ]
    }
}
