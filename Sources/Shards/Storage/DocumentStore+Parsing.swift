internal import Foundation
internal import GRDB
internal import Mapping
internal import Ordinals

extension DocumentStore {
    /// Hands out documents as they were when they were written: what can be read from the source again, what cannot, and the
    /// nested objects that they had. Vectors that the source lacks are not among it.
    ///
    /// - Parameters:
    ///   - parser: of the index's mapping; lenient: what the mapping took once is left out where it no longer does.
    ///   - body: gets the row: ordinal, source, unstored, paths of nested objects, id, version, seq_no, routing.
    /// - Throws: `ShardError.damagedFile`, and what `body` throws.
    func eachDocument(
        in range: Range<UInt32>, among live: OrdinalSet, parsedBy parser: DocumentParser, _ database: Database,
        _ body: (UInt32, ParsedDocument, Row) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT documents.ordinal, source, unstored, paths, id, version, seq_no, routing
                FROM documents LEFT JOIN nested USING (ordinal)
                WHERE documents.ordinal >= ? AND documents.ordinal < ? ORDER BY documents.ordinal
                """,
            arguments: [range.lowerBound, range.upperBound])
        while let row = try rows.next() {
            let ordinal: UInt32 = try row.value(0)
            guard live.contains(ordinal) else { continue }
            let source = try row.withUnsafeData(atIndex: 1) { data in data.map { [UInt8]($0) } }
            let unstored = try row.withUnsafeData(atIndex: 2) { data in data.map { [UInt8]($0) } }
            var document = source.flatMap { try? parser.parse($0) } ?? ParsedDocument()
            document.restore(source: source, unstored: unstored)
            let paths: String? = try row.optionalValue(3)
            let objects = paths.flatMap { NestedRows.decode($0, limit: Int(ordinal)) } ?? []
            if paths != nil, objects.isEmpty {
                throw ShardError.damagedFile(path: path, reason: "the nested objects of document \(ordinal) cannot be read")
            }
            document.alignNested(to: objects)
            try body(ordinal, document, row)
        }
    }
}
