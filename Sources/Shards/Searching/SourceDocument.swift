internal import JSON
internal import Mapping
internal import Query
internal import Scripts

/// A document's values for scripts, read from its source by the mapping: the one place that columns replace.
final class SourceDocument: DocumentValues {
    private let view: ShardView
    private let mapping: Mapping
    private let ordinal: UInt32
    private let source: [UInt8]?
    /// Parsed only if a script asks.
    private lazy var document = source.flatMap { try? JSONDocument(parsing: $0) }

    init(_ stored: ShardDocument, view: ShardView, mapping: Mapping) {
        self.view = view
        self.mapping = mapping
        ordinal = stored.ordinal
        source = stored.source
    }

    func values(of field: String) throws(ScriptFault) -> FieldValues? {
        guard let values = mapping.docValues(of: field, in: document?.root) else { return nil }
        return try FieldValues(values, field: field, mapping: mapping) { () throws(ScriptFault) in
            do {
                return try view.vector(field: field, ordinal: ordinal) ?? []
            } catch {
                throw .unusableValue(field)
            }
        }
    }
}
