public import JSON

/// What a model is asked for a document.
public enum IngestInput: Sendable {
    /// One value: a text, or a picture for a model that takes only those.
    case value(String)
    /// A picture: a data URI, a path, or a URL.
    case picture(String)
    /// Named fields, of which the model reads its own.
    case fields(JSONMembers)
}

/// What a model answers.
public struct IngestInference: Sendable, Equatable {
    public var values: [Float]
    public var isTruncated: Bool
    /// The key of the result where none is asked for.
    public var resultsField: String

    public init(values: [Float], isTruncated: Bool, resultsField: String) {
        self.values = values
        self.isTruncated = isTruncated
        self.resultsField = resultsField
    }
}

/// Asks a model, by its id, for some inputs at once; the answers come in their order. What it throws is no input's fault.
public typealias IngestModels = @Sendable (_ modelID: String, _ inputs: [IngestInput]) async throws -> [Result<IngestInference, any Error>]

/// Puts together what documents of one request ask of the same model.
///
/// Documents go their ways side by side. Once each of them waits or is done, what they ask goes to the models as one request
/// a model: no timer decides, and a lone document waits for nobody.
actor InferenceBatch {
    private struct Waiting {
        var modelID: String
        var inputs: [IngestInput]
        var continuation: CheckedContinuation<[IngestInference], any Error>
    }

    private let models: IngestModels
    private var running: Int
    private var waiting: [Waiting] = []

    /// - Parameter documents: how many will call `finish`.
    init(documents: Int, models: @escaping IngestModels) {
        running = documents
        self.models = models
    }

    func infer(_ modelID: String, _ inputs: [IngestInput]) async throws -> [IngestInference] {
        try await withCheckedThrowingContinuation { continuation in
            waiting.append(Waiting(modelID: modelID, inputs: inputs, continuation: continuation))
            askIfAllWait()
        }
    }

    /// A document asks nothing more.
    func finish() {
        running -= 1
        askIfAllWait()
    }

    private func askIfAllWait() {
        guard !waiting.isEmpty, waiting.count >= running else { return }
        let batch = waiting
        waiting = []
        Task {
            var order: [String] = [], groups: [String: [Waiting]] = [:]
            for request in batch {
                if groups[request.modelID] == nil { order.append(request.modelID) }
                groups[request.modelID, default: []].append(request)
            }
            for modelID in order { await ask(modelID, groups[modelID] ?? []) }
        }
    }

    private func ask(_ modelID: String, _ requests: [Waiting]) async {
        do {
            var results = try await models(modelID, requests.flatMap(\.inputs))[...]
            for request in requests {
                let own = results.prefix(request.inputs.count)
                results = results.dropFirst(own.count)
                request.continuation.resume(with: Result { try own.map { try $0.get() } })
            }
        } catch {
            for request in requests { request.continuation.resume(throwing: error) }
        }
    }
}
