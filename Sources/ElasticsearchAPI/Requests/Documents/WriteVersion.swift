internal import Shards

/// `version` and `version_type` of a write or a read, as they were given.
struct WriteVersion: Equatable {
    enum Kind: String, CaseIterable {
        case counted = "internal"
        case external
        /// An older name of `external`.
        case externalGreater = "external_gt"
        case externalOrEqual = "external_gte"

        /// - Throws: for a type that there is not.
        init(_ text: String) throws(ElasticsearchError) {
            guard let kind = Kind(rawValue: text) else { throw .illegalArgument("No version type match [\(text)]") }
            self = kind
        }

        fileprivate var javaName: String {
            switch self {
            case .counted: "INTERNAL"
            case .external, .externalGreater: "EXTERNAL"
            case .externalOrEqual: "EXTERNAL_GTE"
            }
        }
    }

    var number: Int64?
    var kind = Kind.counted

    init() {}

    /// - Throws: for values that cannot be read.
    init(_ parameters: QueryParameters) throws(ElasticsearchError) {
        number = try parameters.long("version")
        kind = try parameters["version_type"].map { (text) throws(ElasticsearchError) in try Kind(text) } ?? .counted
    }

    var isGiven: Bool { number != nil || kind != .counted }

    /// What a shard is told; nil where it counts itself.
    var external: ExternalVersion? {
        guard let number, kind != .counted else { return nil }
        return ExternalVersion(number, allowsEqual: kind == .externalOrEqual)
    }

    /// What may not be asked of a write with this version, in the words of Elasticsearch's validation.
    ///
    /// - Parameters:
    ///   - isCreation: `create`, which takes no version.
    ///   - hasID: the id is given.
    ///   - isConditional: `if_seq_no` is given.
    func violations(isCreation: Bool, hasID: Bool, isConditional: Bool) -> [String] {
        if isCreation {
            if kind != .counted { return ["create operations only support internal versioning. use index instead"] }
            if number != nil { return ["create operations do not support explicit versions. use index instead"] }
            return []
        }
        guard isGiven else { return [] }
        var violations: [String] = []
        if !hasID { violations.append("an id must be provided if version type or value are set") }
        if kind == .counted {
            violations.append(
                "internal versioning can not be used for optimistic concurrency control. Please use `if_seq_no` and "
                    + "`if_primary_term` instead")
        } else if (number ?? Self.anyVersion) < 0 {
            violations.append(
                "illegal version value [\(number ?? Self.anyVersion)] for version type [\(kind.javaName)]")
        }
        if isConditional { violations.append("compare and write operations can not use versioning") }
        return violations
    }

    /// Elasticsearch's number for a version that is not given.
    private static let anyVersion: Int64 = -3
}
