internal import JSON
internal import Mapping

/// `semantic_text` as indices show it that were made before Elasticsearch 9 or ask for it
/// (`index.mapping.semantic_text.use_legacy_format`): what models made stands in the source, in the place of the value, as
/// `{"text": …, "inference": {"inference_id": …, "model_settings": …, "chunks": [{"text": …, "embeddings": […]}]}}`.
///
/// It is kept as in other indices: taken apart where a document is written, and put together where its source is shown.
struct LegacySemanticText {
    let mapping: Mapping

    /// Nil: the index shows its fields as they were sent.
    init?(_ mapping: Mapping) {
        guard mapping.limits.usesLegacySemanticText, !mapping.semanticFields.isEmpty else { return nil }
        self.mapping = mapping
    }

    // MARK: Writing

    /// A document whose fields are plain values, and what of its vectors came along as `_inference_fields`.
    func plain(_ source: [UInt8]) -> [UInt8] {
        guard let document = try? JSONDocument(parsing: source), document.root.object != nil else { return source }
        var value = JSONValue(document.root), inference: JSONMembers = [:], isChanged = false
        for path in mapping.semanticFields.keys.sorted() {
            let names = mapping.names(inSourceOf: path)
            var made: JSONValue?
            value = value.replacing(names[...]) { found in
                guard let members = found?.object, members["text"] != nil || members["inference"] != nil else { return found }
                isChanged = true
                made = members["inference"] ?? made
                return members["text"]
            }
            if let made, let field = field(made, path, in: value) { inference[path] = field }
        }
        guard isChanged else { return source }
        if !inference.isEmpty, var members = value.object {
            members[InferenceFields.name] = .object(inference)
            value = .object(members)
        }
        return value.serialized()
    }

    /// What models made as `_inference_fields` has it: chunks by the field that their texts stand in. Nil: there is no such thing.
    private func field(_ made: JSONValue, _ path: String, in source: JSONValue) -> JSONValue? {
        guard let members = made.object, let chunks = members["chunks"]?.array, let document = try? JSONDocument(parsing: source.serialized())
        else { return nil }
        var places: [Place] = []
        for name in mapping.sources(ofSemantic: path) {
            for case (_, .text(let text, let start)) in SemanticValues(of: name, in: document.root, mapping).values {
                places.append(Place(name: name, text: Array(text.utf16), start: start))
            }
        }
        var found: [String: [JSONValue]] = [:]
        // Chunks of one source stand in the order of its texts: each is looked for from where the last one began, and no source twice.
        var reached = 0, turns = 0
        let names = mapping.sources(ofSemantic: path)
        for chunk in chunks {
            guard let text = chunk["text"]?.string, let embeddings = chunk["embeddings"] else { return nil }
            let units = Array(text.utf16)
            var range = places.isEmpty ? nil : places[reached].find(units)
            while range == nil {
                reached += 1
                if reached >= places.count { (reached, turns) = (0, turns + 1) }
                guard !places.isEmpty, turns <= names.count else { return nil }
                range = places[reached].find(units)
            }
            let place = places[reached], start = place.start + place.from
            found[place.name, default: []].append([
                "start_offset": .int(start), "end_offset": .int(start + units.count), "embeddings": embeddings,
            ])
        }
        var inference = members
        inference["chunks"] = .object(JSONMembers(names.compactMap { name in found[name].map { (name, .array($0)) } }))
        return ["inference": .object(inference)]
    }

    /// A text that chunks are of.
    private struct Place {
        let name: String
        let text: [UInt16]
        let start: Int
        /// Where the last chunk began.
        var from = 0

        mutating func find(_ chunk: [UInt16]) -> Range<Int>? {
            guard let range = text[from...].firstRange(of: chunk) else { return nil }
            from = range.lowerBound
            return range
        }
    }

    // MARK: Showing

    /// The source as clients see it.
    func shown(_ source: [UInt8], _ inference: InferenceFields?) -> [UInt8] {
        guard let inference, !inference.isEmpty, let document = try? JSONDocument(parsing: source) else { return source }
        var value = JSONValue(document.root)
        for (path, field) in inference.fields.sorted(by: { $0.key < $1.key }) {
            let shown = shown(field, in: document.root)
            value = value.replacing(mapping.names(inSourceOf: path)[...]) { found in
                var members: JSONMembers = [:]
                members["text"] = found.map(Self.texts)
                members["inference"] = shown
                return .object(members)
            }
        }
        return value.serialized()
    }

    private func shown(_ field: InferenceFields.Field, in root: JSONElement) -> JSONValue {
        var chunks: [JSONValue] = []
        for source in field.sources.sorted(by: { $0.name < $1.name }) {
            let values = SemanticValues(of: source.name, in: root, mapping)
            for chunk in source.chunks {
                chunks.append(["text": .string(values.text(of: chunk.place) ?? ""), "embeddings": .floats(chunk.embedding)])
            }
        }
        return ["inference_id": .string(field.inferenceID), "model_settings": field.model.json, "chunks": .array(chunks)]
    }

    /// Values as the texts that they were embedded as.
    private static func texts(_ value: JSONValue) -> JSONValue {
        if let array = value.array { return .array(array.map(texts)) }
        switch value {
        case .string, .null, .object: return value
        default: return .string(String(decoding: value.serialized(), as: UTF8.self))
        }
    }
}

extension JSONValue {
    /// The value with what stands at a path as `change` makes it of what was there; nil of either is nothing. Objects on the way are not
    /// made: where one is missing, nothing changes.
    fileprivate func replacing(_ names: ArraySlice<String>, _ change: (JSONValue?) -> JSONValue?) -> JSONValue {
        if let array { return .array(array.map { $0.replacing(names, change) }) }
        guard var members = object, let first = names.first else { return self }
        // A key may hold several names of the path: `a.b`.
        for count in stride(from: names.count, through: 1, by: -1) {
            let key = names.prefix(count).joined(separator: "."), rest = names.dropFirst(count)
            guard let inner = members[key] else { continue }
            members[key] = rest.isEmpty ? change(inner) : inner.replacing(rest, change)
            return .object(members)
        }
        if names.count == 1 { members[first] = change(nil) }
        return .object(members)
    }
}
