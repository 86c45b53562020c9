public import JSON

/// What models made of a document's semantic fields: Elasticsearch's metadata field `_inference_fields`.
///
/// It is kept beside the source, and shown where a client asks for vectors.
public struct InferenceFields: Equatable, Sendable {
    /// The name of the metadata field.
    public static let name = "_inference_fields"

    /// A part of a value, and its vector.
    public struct Chunk: Equatable, Sendable {
        /// Which part of the value it is.
        public enum Place: Equatable, Sendable {
            /// UTF-16 code units of the source field's texts, one after the other with a character between them.
            case text(Range<Int>)
            /// The place of an object among the source field's values.
            case input(Int)
        }

        public var place: Place
        public var embedding: [Float]

        public init(_ place: Place, _ embedding: [Float]) {
            self.place = place
            self.embedding = embedding
        }
    }

    /// The chunks that come from one source field: the semantic field itself, or one that is copied to it.
    public struct Source: Equatable, Sendable {
        public var name: String
        public var chunks: [Chunk]

        public init(_ name: String, _ chunks: [Chunk]) {
            self.name = name
            self.chunks = chunks
        }
    }

    /// What one semantic field has, and the model that made it.
    public struct Field: Equatable, Sendable {
        public var inferenceID: String
        public var model: SemanticModelSettings
        public var sources: [Source]

        public init(inferenceID: String, model: SemanticModelSettings, sources: [Source]) {
            self.inferenceID = inferenceID
            self.model = model
            self.sources = sources
        }
    }

    /// By path; only fields that have chunks.
    public var fields: [String: Field]

    public init(_ fields: [String: Field] = [:]) {
        self.fields = fields
    }

    public var isEmpty: Bool { fields.isEmpty }
}

extension InferenceFields {
    /// Reads what a client sends, or what was stored.
    ///
    /// - Throws: `DocumentParsingError.malformedInference`.
    public init(_ element: JSONElement) throws(DocumentParsingError) {
        self.init()
        guard let members = element.object else { throw .malformedInference(field: Self.name, reason: "is not an object") }
        for (path, value) in members { fields[path] = try Field(value, path) }
    }

    /// - Parameter isCompact: vectors as base64 of big-endian floats, not as lists.
    public func json(isCompact: Bool) -> JSONValue {
        .object(JSONMembers(fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json(isCompact: isCompact)) }))
    }
}

extension InferenceFields.Field {
    init(_ element: JSONElement, _ path: String) throws(DocumentParsingError) {
        func malformed(_ reason: String) -> DocumentParsingError { .malformedInference(field: path, reason: reason) }
        guard let inference = element.object?["inference"]?.object else { throw malformed("[inference] is missing") }
        guard let id = inference["inference_id"]?.string else { throw malformed("Required [inference_id]") }
        guard let settings = inference["model_settings"].flatMap({ JSONValue($0).object }) else {
            throw malformed("Required [model_settings]")
        }
        let model: SemanticModelSettings
        do {
            model = try SemanticModelSettings(settings)
        } catch {
            throw .mapping(.semantic(error, field: path))
        }
        guard let sources = inference["chunks"]?.object else { throw malformed("Required [chunks]") }
        self.init(inferenceID: id, model: model, sources: [])
        for (name, list) in sources {
            guard let elements = list.array else { throw malformed("[chunks] of [\(name)] are not a list") }
            var chunks: [InferenceFields.Chunk] = []
            for element in elements {
                guard let chunk = InferenceFields.Chunk(element, model) else { throw malformed("[chunks] of [\(name)] cannot be read") }
                chunks.append(chunk)
            }
            self.sources.append(InferenceFields.Source(name, chunks))
        }
    }

    func json(isCompact: Bool) -> JSONValue {
        let chunks = sources.map { source in
            (source.name, JSONValue.array(source.chunks.map { $0.json(isCompact: isCompact) }))
        }
        let inference: JSONMembers = [
            "inference_id": .string(inferenceID), "model_settings": model.json, "chunks": .object(JSONMembers(chunks)),
        ]
        return ["inference": .object(inference)]
    }
}

extension InferenceFields.Chunk {
    /// Nil: it has no place, or no vector.
    init?(_ element: JSONElement, _ model: SemanticModelSettings) {
        guard let members = element.object else { return nil }
        if let input = members["input_index"]?.int, input >= 0 {
            place = .input(input)
        } else if let start = members["start_offset"]?.int, let end = members["end_offset"]?.int, start >= 0, start <= end {
            place = .text(start..<end)
        } else {
            return nil
        }
        let options = DenseVectorOptions(elementType: model.elementType, dimensions: model.dimensions, similarity: model.similarity)
        if let text = members["embeddings"]?.string, let values = options.components(of: text) {
            embedding = values
        } else if let values = members["embeddings"]?.array?.floats() {
            embedding = values
        } else {
            return nil
        }
    }

    func json(isCompact: Bool) -> JSONValue {
        let vector: JSONValue = isCompact ? .string(VectorText.base64(embedding)) : .floats(embedding)
        return switch place {
        case .text(let range):
            ["start_offset": .int(range.lowerBound), "end_offset": .int(range.upperBound), "embeddings": vector]
        case .input(let index): ["input_index": .int(index), "embeddings": vector]
        }
    }
}
