public import JSON
internal import Mapping
internal import Query
public import Scripts

/// A document that is in no index, read by an index's mapping: what a script is tried on.
public struct MappedDocument: DocumentValues {
    private let metadata: IndexMetadata
    private let document: JSONElement

    public init(_ document: JSONElement, _ metadata: IndexMetadata) {
        self.document = document
        self.metadata = metadata
    }

    /// The document as it was given.
    public func source() throws(ScriptFault) -> JSONValue? { JSONValue(document) }

    /// A field's values as its column would have them; nil for a field that has none.
    public func values(of field: String) throws(ScriptFault) -> FieldValues? {
        guard let values = metadata.mapping.docValues(of: field, in: document) else { return nil }
        return try FieldValues(values, field: field, mapping: metadata.mapping) { () throws(ScriptFault) in
            field.split(separator: ".").reduce(document as JSONElement?) { $0?.object?[String($1)] }?.array?.floats() ?? []
        }
    }
}
