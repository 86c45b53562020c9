internal import JSON
internal import Mapping
internal import Query
internal import Scripts

/// A document as scripts see it, read from the columns of a view. It goes from document to document; not to be shared.
final class ColumnDocument: DocumentValues {
    private let view: ShardView
    private let mapping: Mapping
    private(set) var ordinal: UInt32 = 0
    /// Nil: to be read if somebody asks.
    private var stored: Stored?
    private struct Stored {
        var source: [UInt8]?
    }

    /// The source, parsed only if a script asks.
    private var parsed: JSONDocument?
    private var readers: [String: FieldReader] = [:]

    init(view: ShardView, mapping: Mapping) {
        self.view = view
        self.mapping = mapping
    }

    /// - Parameter stored: the document's row, where it has been read.
    func move(to ordinal: UInt32, _ stored: ShardDocument? = nil) {
        self.ordinal = ordinal
        self.stored = stored.map { Stored(source: $0.source) }
        parsed = nil
    }

    var number: Int { Int(ordinal) }

    func values(of field: String) throws(ScriptFault) -> FieldValues? {
        let reader: FieldReader
        if let known = readers[field] {
            reader = known
        } else {
            guard let made = FieldReader(field, mapping: mapping, view: view) else { return nil }
            readers[field] = made
            reader = made
        }
        var found = reader.values(of: ordinal)
        if found == nil { found = mapping.docValues(of: field, in: try root()) }
        guard let values = found else { return nil }
        return try FieldValues(values, field: field, mapping: mapping) { () throws(ScriptFault) in
            do throws(ShardError) {
                return try view.vector(field: field, ordinal: ordinal) ?? []
            } catch {
                throw .unusableValue(field)
            }
        }
    }

    func source() throws(ScriptFault) -> JSONValue? {
        guard let root = try root() else { return nil }
        return JSONValue(root)
    }

    /// The source's root; nil where none is kept.
    func root() throws(ScriptFault) -> JSONElement? {
        if let parsed { return parsed.root }
        if stored == nil {
            do throws(ShardError) {
                stored = Stored(source: try view.documents([ordinal], includingSource: true, mapping).first?.source)
            } catch {
                throw .unusableValue("_source")
            }
        }
        guard let bytes = stored?.source, let document = try? JSONDocument(parsing: bytes) else { return nil }
        parsed = document
        return document.root
    }
}
