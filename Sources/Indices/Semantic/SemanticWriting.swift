internal import Contents
internal import Inference
internal import JSON
internal import Mapping

/// Makes the vectors of the documents of one request: what goes to the same endpoint goes together, and each document has its own
/// result.
struct SemanticWriting: Sendable {
    let mapping: Mapping
    let embedder: ContentEmbedder

    /// A document that is to be written.
    struct Draft: Sendable {
        var source: [UInt8]
        /// What stands in the index, where its vectors may be of use.
        var former: SemanticDocument.Former?
    }

    /// A document as it is parsed and stored.
    struct Embedded: Sendable {
        var source: [UInt8]
        var inference: InferenceFields?
    }

    /// - Returns: in the order of the drafts; an error is of that document alone.
    func run(_ drafts: [Draft]) async -> [Result<Embedded, any Error>] {
        if mapping.semanticFields.isEmpty { return drafts.map { .success(Embedded(source: $0.source)) } }
        let legacy = LegacySemanticText(mapping)
        let drafts = drafts.map { Draft(source: legacy?.plain($0.source) ?? $0.source, former: $0.former) }
        let endpoints = await endpoints()
        let chunking = await chunking(endpoints)
        let documents = drafts.map { draft in
            Result { () throws -> SemanticDocument? in
                // What cannot be read is refused by whoever parses it.
                guard let document = try? JSONDocument(parsing: draft.source), document.root.object != nil else { return nil }
                return try SemanticDocument(draft.source, document.root, mapping, former: draft.former, chunking: chunking, longestBinary: embedder.longestBinary)
            }
        }
        let vectors = await vectors(documents.map { (try? $0.get())?.inputs ?? [] }, endpoints)
        return zip(zip(drafts, documents), vectors).map { draft, vectors in
            Result {
                guard let document = try draft.1.get() else { return Embedded(source: draft.0.source) }
                return Embedded(source: document.source, inference: inference(document, try vectors.get(), endpoints))
            }
        }
    }

    /// Those of all fields, by id. Where there is none, only a document with something to embed is refused.
    private func endpoints() async -> [String: InferenceEndpoint] {
        var endpoints: [String: InferenceEndpoint] = [:]
        for id in Set(mapping.semanticFields.values.map(\.inferenceID)) { endpoints[id] = try? await embedder.endpoint(id) }
        return endpoints
    }

    /// How texts are cut, by field: as the field says, else its endpoint, else as much as the model reads.
    private func chunking(_ endpoints: [String: InferenceEndpoint]) async -> [String: ChunkingSettings] {
        var settings: [String: ChunkingSettings] = [:]
        for (path, options) in mapping.semanticFields {
            settings[path] = options.chunking
            guard options.chunking == nil, let endpoint = endpoints[options.inferenceID] else { continue }
            var own = endpoint.chunking.object.flatMap { try? ChunkingSettings($0) } ?? .standard
            // A model that reads less would never see the end of a part: a word is about 1.5 tokens.
            if endpoint.chunking == InferenceEndpoint.defaultChunking, let tokens = await embedder.longestText(endpoint) {
                own.size = min(own.size, max(20, tokens * 2 / 3))
            }
            settings[path] = own
        }
        return settings
    }

    // MARK: Vectors

    /// By document, in the order of its inputs.
    private func vectors(
        _ documents: [[SemanticDocument.Input]], _ endpoints: [String: InferenceEndpoint]
    ) async -> [Result<[[Float]], any Error>] {
        var results: [Result<[[Float]], any Error>] = documents.map { .success(Array(repeating: [], count: $0.count)) }
        var byEndpoint: [String: [(document: Int, input: Int)]] = [:]
        for (number, inputs) in documents.enumerated() {
            for (place, input) in inputs.enumerated() {
                byEndpoint[mapping.semanticFields[input.field]?.inferenceID ?? "", default: []].append((number, place))
            }
        }
        for (id, places) in byEndpoint.sorted(by: { $0.key < $1.key }) {
            for batch in embedder.batches(places.map { documents[$0.document][$0.input].content.bytes }) {
                await embed(Array(places[batch]), of: documents, with: id, endpoints[id], into: &results)
            }
        }
        return results
    }

    private func embed(
        _ places: [(document: Int, input: Int)], of documents: [[SemanticDocument.Input]], with id: String,
        _ endpoint: InferenceEndpoint?, into results: inout [Result<[[Float]], any Error>]
    ) async {
        // What is refused already is not embedded.
        let places = places.filter { if case .success = results[$0.document] { true } else { false } }
        guard !places.isEmpty else { return }
        let inputs = places.map { documents[$0.document][$0.input] }
        do {
            let endpoint = try checked(endpoint, id, inputs[0])
            let vectors = try await embedder.embed(inputs.map(\.content), endpoint)
            for (place, vector) in zip(places, vectors) {
                guard case .success(var all) = results[place.document] else { continue }
                all[place.input] = vector
                results[place.document] = .success(all)
            }
        } catch {
            // What is wrong with one document is no fault of the others; what is of none fails them all, and is not tried again.
            if (error as? InferenceError)?.isOfOneInput == true, Set(places.map(\.document)).count > 1 {
                for (_, own) in Dictionary(grouping: places, by: \.document).sorted(by: { $0.key < $1.key }) {
                    await embed(own, of: documents, with: id, endpoint, into: &results)
                }
                return
            }
            for (place, input) in zip(places, inputs) {
                guard case .success = results[place.document] else { continue }
                let problem = (error as? SemanticFault)?.problem ?? .embedding(inferenceID: id, cause: error)
                results[place.document] = .failure(SemanticFault(field: input.field, source: input.source, problem: problem))
            }
        }
    }

    private func checked(
        _ endpoint: InferenceEndpoint?, _ id: String, _ input: SemanticDocument.Input
    ) throws(SemanticFault) -> InferenceEndpoint {
        guard let endpoint else {
            throw SemanticFault(field: input.field, source: input.source, problem: .endpointNotFound(id))
        }
        if mapping.semanticFields[input.field]?.content == .any, endpoint.task != .embedding {
            throw SemanticFault(
                field: input.field, source: input.source,
                problem: .wrongTask(inferenceID: id, task: endpoint.task.rawValue, type: SemanticOptions.Content.any.rawValue))
        }
        return endpoint
    }

    private func inference(
        _ document: SemanticDocument, _ vectors: [[Float]], _ endpoints: [String: InferenceEndpoint]
    ) -> InferenceFields? {
        var made = document.known
        for (path, options) in mapping.semanticFields {
            if made.fields[path] != nil { continue }
            var sources = document.kept[path] ?? []
            var model = options.model
            for (input, vector) in zip(document.inputs, vectors) where input.field == path {
                if let endpoint = endpoints[options.inferenceID] {
                    model = SemanticModelSettings(
                        task: .init(rawValue: endpoint.task.rawValue) ?? .textEmbedding, dimensions: vector.count,
                        similarity: VectorSimilarity(rawValue: endpoint.similarity) ?? .cosine, service: endpoint.service)
                }
                let chunk = InferenceFields.Chunk(input.place, vector)
                if let place = sources.firstIndex(where: { $0.name == input.source }) {
                    sources[place].chunks.append(chunk)
                } else {
                    sources.append(InferenceFields.Source(input.source, [chunk]))
                }
            }
            sources.removeAll { $0.chunks.isEmpty }
            guard !sources.isEmpty, let model else { continue }
            let order = mapping.sources(ofSemantic: path)
            sources.sort { (order.firstIndex(of: $0.name) ?? 0) < (order.firstIndex(of: $1.name) ?? 0) }
            made.fields[path] = InferenceFields.Field(inferenceID: options.inferenceID, model: model, sources: sources)
        }
        return made.isEmpty ? nil : made
    }
}
