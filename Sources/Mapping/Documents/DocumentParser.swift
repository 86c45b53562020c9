public import JSON

/// Reads documents by a mapping: what to index of them, and what they add to the mapping.
///
/// Pure: nothing is written. A document that is refused leaves no trace.
public struct DocumentParser: Sendable {
    let mapping: Mapping
    let templates: [String: String]
    let isLenient: Bool
    let hasRouting: Bool

    /// - Parameters:
    ///   - templates: names of dynamic templates, by the paths of the fields that shall have them.
    ///   - isLenient: whether values that the mapping does not take are left out, and fields that it does not know: for
    ///     documents that were accepted before.
    ///   - hasRouting: whether the document says which shard it goes to, as children must.
    public init(mapping: Mapping, templates: [String: String] = [:], isLenient: Bool = false, hasRouting: Bool = true) {
        self.mapping = mapping
        self.templates = templates
        self.isLenient = isLenient
        self.hasRouting = hasRouting
    }

    /// Parses a document's source.
    ///
    /// - Parameter inference: what models made of its semantic fields.
    /// - Complexity: O(*n*) in the source.
    /// - Throws: `DocumentParsingError`.
    public func parse(_ source: [UInt8], inference: InferenceFields? = nil) throws(DocumentParsingError) -> ParsedDocument {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: source)
        } catch {
            throw .malformedJSON(error)
        }
        return try parse(document, source: source, inference: inference)
    }

    /// Parses a document whose JSON has been read already; `source` are its bytes.
    ///
    /// - Throws: `DocumentParsingError`.
    public func parse(
        _ document: JSONDocument, source: [UInt8], inference: InferenceFields? = nil
    ) throws(DocumentParsingError) -> ParsedDocument {
        guard let members = document.root.object else { throw .notAnObject }
        var reader = DocumentReader(
            mapping: mapping, templates: templates, isLenient: isLenient, hasRouting: hasRouting, root: document.root)
        if mapping.root.isEnabled {
            try reader.readMembers(
                members, of: mapping.root, path: "", depth: 1, dynamic: mapping.root.dynamic ?? .adding)
        }
        if let inference { try reader.add(inference) }
        reader.addIgnored()
        reader.result.mappingUpdate = try reader.mappingUpdate()
        reader.result.nested = reader.nested
        reader.result.source = storedSource(document, bytes: source)
        if !isLenient, !mapping.source.isWhole || inference?.isEmpty == false {
            reader.result.unstored = unstored(reader.result, inference)
        }
        return reader.result
    }

    /// What parsing the stored source would not bring back.
    private func unstored(_ document: ParsedDocument, _ inference: InferenceFields?) -> [UInt8]? {
        let updated = document.mappingUpdate.flatMap { try? mapping.merging($0) } ?? mapping
        let stored = document.source.flatMap { try? DocumentParser(mapping: updated, isLenient: true).parse($0) }
        return UnstoredFields.encode(document, beyond: stored ?? ParsedDocument(), inference: inference)
    }

    private func storedSource(_ document: JSONDocument, bytes: [UInt8]) -> [UInt8]? {
        guard mapping.source.isEnabled else { return nil }
        if mapping.source.isWhole { return bytes }
        return SourceFiltering(includes: mapping.source.includes, excludes: mapping.source.excludes)
            .filter(document.root).serialized()
    }
}
