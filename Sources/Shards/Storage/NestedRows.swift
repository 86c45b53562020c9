internal import GRDB
internal import JSON
internal import Mapping

/// Which nested objects documents had when they were written: what says which ordinals are theirs, whatever a mapping became since.
///
/// Documents without any have no row.
enum NestedRows {
    /// `paths` are the objects' in the order of their ordinals, which end before the document's own: a JSON array of paths and
    /// how many objects of each follow.
    static let schema = "CREATE TABLE nested (ordinal INTEGER PRIMARY KEY, count INTEGER NOT NULL, paths TEXT NOT NULL);"

    static func insert(_ nested: [NestedDocument], ordinal: UInt32, in database: Database) throws {
        let statement = try database.cachedStatement(sql: "INSERT INTO nested VALUES (?, ?, ?)")
        let text = String(decoding: encode(nested.map(\.path)), as: UTF8.self)
        try statement.execute(arguments: [ordinal, nested.count, text])
    }

    static func purge(_ ordinals: [UInt32], in database: Database) throws {
        guard try Int64.fetchOne(database, sql: "SELECT 1 FROM nested LIMIT 1") != nil else { return }
        let statement = try database.cachedStatement(sql: "DELETE FROM nested WHERE ordinal = ?")
        for ordinal in ordinals { try statement.execute(arguments: [ordinal]) }
    }

    /// How many objects each document has that has any.
    static func counts(in database: Database) throws -> [(ordinal: UInt32, count: UInt32)] {
        try Row.fetchAll(database, sql: "SELECT ordinal, count FROM nested ORDER BY ordinal").map { row in
            let (ordinal, count): (UInt32, UInt32) = (try row.value(0), try row.value(1))
            guard count <= ordinal else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "document \(ordinal) has \(count) nested objects")
            }
            return (ordinal, count)
        }
    }

    // MARK: Paths

    static func encode(_ paths: [String]) -> [UInt8] {
        var runs: [(path: String, count: Int)] = []
        for path in paths {
            if runs.last?.path == path { runs[runs.count - 1].count += 1 } else { runs.append((path, 1)) }
        }
        return JSONValue.array(runs.flatMap { [.string($0.path), .int($0.count)] }).serialized()
    }

    /// - Parameter limit: the most that there may be.
    static func decode(_ text: String, limit: Int) -> [String]? {
        guard let document = try? JSONDocument(parsing: Array(text.utf8)), let elements = document.root.array.map({ Array($0) }),
            elements.count.isMultiple(of: 2)
        else { return nil }
        var paths: [String] = []
        for index in stride(from: 0, to: elements.count, by: 2) {
            guard let path = elements[index].string, let count = elements[index + 1].int, count > 0, count <= limit - paths.count
            else { return nil }
            paths += repeatElement(path, count: count)
        }
        return paths
    }
}
