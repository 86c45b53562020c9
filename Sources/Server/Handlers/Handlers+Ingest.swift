internal import ElasticsearchAPI
internal import Indices
internal import Inference
internal import Ingest
internal import JSON

extension Handlers {
    /// Sends the documents of writes through their pipelines, those of one request together; in order.
    ///
    /// - Complexity: O(writes) where none has a pipeline.
    @Sendable func ingest(_ operations: [WriteOperation]) async -> [IngestedWrite] {
        var settings: [String: IndexSettings?] = [:]
        var results = operations.map { IngestedWrite.write($0) }
        var requests: [PipelineRegistry.Request] = [], positions: [Int] = []
        for (position, operation) in operations.enumerated() where operation.bringsDocument {
            let known = settings[operation.index] ?? indices.settings(toWrite: operation.index)
            settings[operation.index] = .some(known)
            let named = operation.pipeline ?? known?.defaultPipeline
            let pipeline = named == "_none" ? nil : named
            guard pipeline != nil || known?.finalPipeline != nil else { continue }
            do {
                requests.append(PipelineRegistry.Request(try Self.document(operation), pipeline: pipeline))
                positions.append(position)
            } catch {
                results[position] = .failed(error)
            }
        }
        if requests.isEmpty { return results }
        let final = { @Sendable [indices] (document: IngestDocument) in
            document.metadata("_index").flatMap { indices.settings(toWrite: $0)?.finalPipeline }
        }
        let rerouted = { @Sendable [indices] (document: IngestDocument) in
            document.metadata("_index").flatMap { indices.settings(toWrite: $0)?.defaultPipeline }.flatMap { $0 == "_none" ? nil : $0 }
        }
        for (position, result) in zip(positions, await pipelines.run(requests, rerouted: rerouted, next: final)) {
            switch result {
            case .success(let document?):
                do {
                    results[position] = .write(try Self.write(document, operations[position]))
                } catch {
                    results[position] = .failed(error)
                }
            case .success(nil): results[position] = .dropped
            case .failure(let error): results[position] = .failed(error)
            }
        }
        return results
    }

    private static func document(_ operation: WriteOperation) throws(ElasticsearchError) -> IngestDocument {
        let root: JSONElement
        if let brought = operation.broughtDocument {
            root = brought
        } else {
            do {
                root = try JSONDocument(parsing: operation.source).root
            } catch {
                throw ElasticsearchError(error)
            }
        }
        guard let source = JSONValue(root).object else {
            throw ElasticsearchError(
                status: 400, "document_parsing_exception", "failed to parse: Malformed content, must start with an object")
        }
        var metadata: JSONMembers = ["_index": .string(operation.index), "_version": -3]
        if let id = operation.id { metadata["_id"] = .string(id) }
        if let routing = operation.routing { metadata["_routing"] = .string(routing) }
        if let (version, type) = operation.givenVersion {
            metadata["_version"] = .int(Int(version))
            metadata["_version_type"] = .string(type)
        }
        return IngestDocument(source: source, metadata: metadata, timestamp: IngestClock.now)
    }

    private static func write(_ document: IngestDocument, _ operation: WriteOperation) throws -> WriteOperation {
        var operation = operation
        operation.executedPipelines = document.pipelines
        if operation.action == .update {
            try operation.replaceBrought(by: JSONValue.object(document.source).serialized())
            return operation
        }
        operation.index = document.metadata("_index") ?? operation.index
        operation.id = document.metadata("_id") ?? operation.id
        operation.routing = document.metadata("_routing") ?? operation.routing
        if let type = document.metadata("_version_type"), type != "internal", let version = document.metadata("_version").flatMap(Int64.init) {
            operation.givenVersion = (version, type)
        }
        operation.source = JSONValue.object(document.source).serialized()
        operation.pipeline = "_none"
        return operation
    }
}

extension WriteOperation {
    /// Whether there is a document for pipelines: of an update only what would be written where there is none yet.
    fileprivate var bringsDocument: Bool {
        switch action {
        case .index, .create: true
        case .delete: false
        case .update: broughtDocument != nil
        }
    }

    /// What an update would write where there is no document.
    fileprivate var broughtDocument: JSONElement? {
        update.flatMap { $0.upsertsDocument ? $0.document : $0.upsert }
    }

    fileprivate mutating func replaceBrought(by source: [UInt8]) throws {
        let root = try JSONDocument(parsing: source).root
        if update?.upsertsDocument == true { update?.document = root } else { update?.upsert = root }
    }
}

extension PipelineRegistry {
    /// The pipelines that an index registry keeps, with the node's models.
    convenience init(_ indices: IndexRegistry, _ models: InferenceService, _ pictures: PictureLoader) {
        self.init(
            indices.pipelines.all, save: { id, definition in _ = try indices.pipelines.set(id, definition) },
            storedScript: { try indices.scripts.resolve($0) },
            models: { modelID, inputs in
                // As in Elasticsearch, an inference endpoint's id may stand for its model's.
                let endpoint = try? await indices.inferenceEndpoint(modelID)
                return try await models.infer(endpoint?.target ?? modelID, inputs, pictures)
            },
            pictures: pictures.properties,
            explain: { ElasticsearchError($0)?.cause.reason ?? "\($0)" })
    }
}

extension InferenceService {
    /// What a model makes of pipelines' inputs, in order; one that fails leaves the others.
    ///
    /// Texts are embedded together. Each picture is loaded, and forgotten, by itself: the queue puts them together again.
    nonisolated fileprivate func infer(
        _ modelID: String, _ inputs: [IngestInput], _ pictures: PictureLoader
    ) async throws -> [Result<IngestInference, any Error>] {
        let (model, deploymentID) = try await serving(modelID)
        let takesText = model.textDimensions != nil, field = model.settings.resultsField
        let inference = { @Sendable (vector: [Float], isTruncated: Bool) in
            IngestInference(values: vector, isTruncated: isTruncated, resultsField: field)
        }
        var results: [Result<IngestInference, any Error>] = Array(repeating: .failure(InferenceError.cancelled), count: inputs.count)
        var texts: [(place: Int, text: String)] = [], references: [(place: Int, reference: String)] = []
        for (place, input) in inputs.enumerated() {
            do throws(ElasticsearchError) {
                switch try InferenceInput(input, of: model, takesText: takesText) {
                case .text(let text): texts.append((place, text))
                case .image(let reference): references.append((place, reference))
                }
            } catch {
                results[place] = .failure(error)
            }
        }
        for start in stride(from: 0, to: texts.count, by: Self.ingestBatch) {
            let slice = texts[start..<min(start + Self.ingestBatch, texts.count)]
            for (place, result) in zip(slice.map(\.place), await embedEach(slice.map(\.text), model: deploymentID)) {
                results[place] = result.map { inference($0.vector, $0.isTruncated) }
            }
        }
        await withTaskGroup(of: (Int, Result<IngestInference, any Error>).self) { group in
            for (place, reference) in references {
                group.addTask {
                    do {
                        let vector = try await pictures.withPicture(reference) { bytes in
                            try await self.embed(images: [bytes], model: deploymentID, timeout: Self.ingestTimeout).first
                        }
                        return (place, vector.map { .success(inference($0, false)) } ?? .failure(InferenceError.cancelled))
                    } catch {
                        return (place, .failure(error))
                    }
                }
            }
            for await (place, result) in group { results[place] = result }
        }
        return results
    }

    /// All at once, and where one of them is at fault each by itself.
    private nonisolated func embedEach(_ texts: [String], model: String) async -> [Result<Embedding, any Error>] {
        do throws(InferenceError) {
            return try await embed(texts: texts, model: model, purpose: .ingest, timeout: Self.ingestTimeout).map { .success($0) }
        } catch {
            guard error.isOfOneInput, texts.count > 1 else { return texts.map { _ in .failure(error) } }
            var results: [Result<Embedding, any Error>] = []
            for text in texts { results += await embedEach([text], model: model) }
            return results
        }
    }
}

extension InferenceInput {
    /// - Throws: `ElasticsearchError` where fields hold nothing for the model.
    fileprivate init(_ input: IngestInput, of model: Model, takesText: Bool) throws(ElasticsearchError) {
        switch input {
        case .value(let text):
            let isPicture = model.imageDimensions != nil && (!takesText || text.hasPrefix("data:image/"))
            self = isPicture ? .image(text) : .text(text)
        case .picture(let reference): self = .image(reference)
        case .fields(let fields): try self.init(fields: fields, textField: model.settings.inputField, takesText: takesText)
        }
    }
}
