internal import GRDB
internal import Mapping
internal import Ordinals

/// Reads the field indexes: which ordinals have a value.
///
/// Sets hold the dead too: who asks knows what is live.
struct Postings: Sendable {
    let store: DocumentStore
    let fields: [String: Int64]
    /// Ordinals from here on are not looked at.
    let limit: UInt32

    func documents(with value: IndexedValue, in field: String) throws(ShardError) -> OrdinalSet {
        guard let number = fields[field] else { return [] }
        let (table, argument): (String, any DatabaseValueConvertible) =
            switch value {
            case .term(let term): ("terms", term)
            case .long(let long): ("longs", long)
            case .double(let double): ("doubles", double)
            }
        return try store.ordinals(
            below: limit, sql: "SELECT ordinal FROM \(table) WHERE field = ? AND value = ?",
            arguments: [number, argument])
    }

    /// ASCII letters match in either case.
    func documents(withTermIgnoringCase term: String, in field: String) throws(ShardError) -> OrdinalSet {
        guard let number = fields[field] else { return [] }
        return try store.ordinals(
            below: limit, sql: "SELECT ordinal FROM terms WHERE field = ? AND value = ? COLLATE NOCASE",
            arguments: [number, term])
    }

    func documents(in range: IndexedRange, of field: String) throws(ShardError) -> OrdinalSet {
        guard let number = fields[field] else { return [] }
        switch range {
        case .longs(let range):
            return try store.ordinals(
                below: limit, sql: "SELECT ordinal FROM longs WHERE field = ? AND value BETWEEN ? AND ?",
                arguments: [number, range.lowerBound, range.upperBound])
        case .doubles(let range):
            return try store.ordinals(
                below: limit, sql: "SELECT ordinal FROM doubles WHERE field = ? AND value BETWEEN ? AND ?",
                arguments: [number, range.lowerBound, range.upperBound])
        case .terms(let lower, let upper):
            var sql = "SELECT ordinal FROM terms WHERE field = ?"
            var arguments: StatementArguments = [number]
            if let lower {
                sql += lower.isInclusive ? " AND value >= ?" : " AND value > ?"
                arguments += [lower.term]
            }
            if let upper {
                sql += upper.isInclusive ? " AND value <= ?" : " AND value < ?"
                arguments += [upper.term]
            }
            return try store.ordinals(below: limit, sql: sql, arguments: arguments)
        }
    }

    /// Documents with any value in a field.
    func documents(having field: String) throws(ShardError) -> OrdinalSet {
        guard let number = fields[field] else { return [] }
        return try store.ordinals(
            below: limit, sql: "SELECT ordinal FROM field_names WHERE field = ?", arguments: [number])
    }

    /// Every ordinal that an id has or had and that is not purged.
    func documents(ids: [String]) throws(ShardError) -> OrdinalSet {
        var found = OrdinalSet()
        for part in StatementList.parts(of: ids) {
            found.formUnion(
                try store.ordinals(
                    below: limit,
                    sql: """
                        SELECT ordinal FROM ids WHERE id IN (\(part.marks)) AND ordinal IS NOT NULL
                        UNION ALL SELECT ordinal FROM tombstones WHERE id IN (\(part.marks))
                        """,
                    arguments: StatementArguments(part.values + part.values)))
        }
        return found
    }
}
