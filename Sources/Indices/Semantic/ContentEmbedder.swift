internal import Contents
internal import Inference
internal import Mapping

/// What semantic fields ask of inference endpoints.
struct ContentEmbedder: Sendable {
    /// - Throws: `IndicesError.inferenceEndpointNotFound`.
    let endpoint: @Sendable (_ id: String) async throws -> InferenceEndpoint
    /// The vectors of contents that are to be stored, in their order.
    let embed: @Sendable ([InferenceContent], InferenceEndpoint) async throws -> [[Float]]
    /// The most tokens of a text; nil: not known.
    let longestText: @Sendable (InferenceEndpoint) async -> Int?

    /// Bytes of a picture, at most: `indices.inference.max_binary_input_size`.
    var longestBinary = 1 << 20

    /// Bytes of contents that go to a model together, one at least: `indices.inference.batch_size`.
    var batchBytes = 1 << 20

    /// Contents cut into what goes to a model together.
    ///
    /// - Parameter sizes: bytes of each.
    /// - Returns: ranges of their places. Complexity: O(contents).
    func batches(_ sizes: [Int]) -> [Range<Int>] {
        var batches: [Range<Int>] = []
        var start = 0, bytes = 0
        for (place, size) in sizes.enumerated() {
            if place > start, place - start == InferenceService.ingestBatch || size > batchBytes - bytes {
                batches.append(start..<place)
                (start, bytes) = (place, 0)
            }
            bytes += size
        }
        if start < sizes.count { batches.append(start..<sizes.count) }
        return batches
    }
}

extension IndexRegistry {
    /// What this node's semantic fields ask.
    var contentEmbedder: ContentEmbedder {
        ContentEmbedder(
            endpoint: { [weak self] id in
                guard let self else { throw IndicesError.stopping }
                return try await self.inferenceEndpoint(id)
            },
            embed: { [weak self] contents, endpoint in
                guard let self else { throw IndicesError.stopping }
                return try await self.embed(
                    contents.map { ContentGroup($0) }, with: endpoint, purpose: .ingest, timeout: InferenceService.ingestTimeout)
            },
            longestText: { [weak self] endpoint in await self?.models?.longestText(ofModel: endpoint.target) },
            longestBinary: size(of: ClusterSettings.largestBinaryInput), batchBytes: size(of: ClusterSettings.inferenceBatch))
    }

    private func size(of setting: String) -> Int {
        cluster.setting(setting).flatMap { ByteSize(parsing: $0)?.bytes } ?? 1 << 20
    }
}
