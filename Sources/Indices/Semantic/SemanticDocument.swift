internal import Contents
internal import Inference
internal import JSON
internal import Mapping
internal import Query

/// A document on its way into an index with semantic fields: what of it is to be embedded, and what is known already.
struct SemanticDocument: Sendable {
    /// What stood in the index before, whose vectors are kept where nothing changes.
    struct Former: Sendable {
        var source: JSONElement
        var inference: InferenceFields
    }

    /// A part of a value that needs a vector.
    struct Input: Sendable {
        var field: String
        var source: String
        var place: InferenceFields.Chunk.Place
        var content: InferenceContent
    }

    /// As it is stored.
    let source: [UInt8]
    /// What need not be embedded.
    let known: InferenceFields
    /// Parts of source fields that keep the vectors that they have, by field.
    let kept: [String: [InferenceFields.Source]]
    /// In the order of the values.
    let inputs: [Input]

    /// - Throws: `SemanticFault`, `DocumentParsingError`.
    init(
        _ source: [UInt8], _ root: JSONElement, _ mapping: Mapping, former: Former?, chunking: [String: ChunkingSettings], longestBinary: Int
    ) throws {
        let given = try Self.given(root)
        var inputs: [Input] = [], kept: [String: [InferenceFields.Source]] = [:]
        var known = InferenceFields()
        for (path, options) in mapping.semanticFields.sorted(by: { $0.key < $1.key }) {
            if let sent = given.fields[path] {
                known.fields[path] = sent
                continue
            }
            let before = former?.inference.fields[path].flatMap { $0.inferenceID == options.inferenceID ? $0 : nil }
            for name in mapping.sources(ofSemantic: path) {
                let values = SemanticValues(of: name, in: root, mapping)
                if values.isEmpty { continue }
                if let former, let chunks = before?.sources.first(where: { $0.name == name }),
                    SemanticValues(of: name, in: former.source, mapping).isSame(as: values)
                {
                    kept[path, default: []].append(chunks)
                    continue
                }
                let reading = SemanticReading(
                    field: path, source: name, options: options, chunking: chunking[path] ?? .standard, longestBinary: longestBinary)
                inputs += try reading.inputs(values)
            }
        }
        self.inputs = inputs
        self.kept = kept
        self.known = known
        self.source = Self.stored(source, root, mapping)
    }

    /// `_inference_fields` as a client may send it, whole or with dots in its key.
    private static func given(_ root: JSONElement) throws(DocumentParsingError) -> InferenceFields {
        var given = InferenceFields()
        guard let members = root.object else { return given }
        for (key, value) in members where key.hasPrefix(InferenceFields.name) {
            if key == InferenceFields.name {
                for (path, field) in try InferenceFields(value).fields { given.fields[path] = field }
            } else if key.hasPrefix(InferenceFields.name + ".") {
                let path = String(key.dropFirst(InferenceFields.name.count + 1))
                let wrapped = JSONValue.object(JSONMembers([(path, JSONValue(value))]))
                guard let document = try? JSONDocument(parsing: wrapped.serialized()) else { continue }
                given.fields.merge(try InferenceFields(document.root).fields) { $1 }
            }
        }
        return given
    }

    /// Without what is kept beside it, and without pictures where the mapping does not retain them.
    private static func stored(_ source: [UInt8], _ root: JSONElement, _ mapping: Mapping) -> [UInt8] {
        let stripped = mapping.semanticFields.filter { !$0.value.retainsBinary }.map { mapping.names(inSourceOf: $0.key) }
        let hasOwn = root.object?.contains { $0.key.hasPrefix(InferenceFields.name) } ?? false
        if stripped.isEmpty, !hasOwn { return source }
        var value = JSONValue(root)
        for names in stripped { value = value.strippingPictures(names[...]) }
        let members = (value.object ?? [:]).filter { !$0.key.hasPrefix(InferenceFields.name) }
        return JSONValue.object(JSONMembers(members.map { ($0.key, $0.value) })).serialized()
    }
}

extension JSONValue {
    /// Takes `value` out of the objects at a path that bring something binary.
    fileprivate func strippingPictures(_ names: ArraySlice<String>) -> JSONValue {
        if let array { return .array(array.map { $0.strippingPictures(names) }) }
        guard let members = object else { return self }
        guard !names.isEmpty else {
            guard let type = members["type"]?.string, type != "text" else { return self }
            return .object(JSONMembers(members.filter { $0.key != "value" }.map { ($0.key, $0.value) }))
        }
        return .object(
            JSONMembers(
                members.map { member in
                    let parts = member.key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
                    guard names.starts(with: parts) else { return (member.key, member.value) }
                    return (member.key, member.value.strippingPictures(names.dropFirst(parts.count)))
                }))
    }
}

extension SemanticValues {
    /// Whether the values are the same, at the same places.
    fileprivate func isSame(as other: SemanticValues) -> Bool {
        values.count == other.values.count
            && zip(values, other.values).allSatisfy { left, right in
                guard left.index == right.index else { return false }
                switch (left.value, right.value) {
                case (.text(let one, _), .text(let two, _)): return one == two
                case (.object(let one), .object(let two)): return JSONValue(one) == JSONValue(two)
                case (.text, .object), (.object, .text): return false
                }
            }
    }
}
