public import Inference
internal import JSON
internal import Mapping

/// Inference endpoints: models of the node by names of their own.
extension IndexRegistry {
    private static let section = "inference_endpoints"

    /// All that were made, and those that deployed models have anyway, by id.
    public func inferenceEndpoints() async -> [InferenceEndpoint] {
        let stored = storedEndpoints, names = Set(stored.map(\.id))
        let others = await models?.defaultEndpoints ?? []
        return (stored + others.filter { !names.contains($0.id) }).sorted { $0.id < $1.id }
    }

    /// - Throws: `IndicesError.inferenceEndpointNotFound`.
    public func inferenceEndpoint(_ id: String) async throws(IndicesError) -> InferenceEndpoint {
        if let stored = cluster.metadata.sections[Self.section]?[id].flatMap({ InferenceEndpoint($0) }) { return stored }
        if id.hasPrefix("."), let found = await models?.defaultEndpoints.first(where: { $0.id == id }) { return found }
        throw .inferenceEndpointNotFound(id)
    }

    /// Whether an endpoint is there though nobody made it.
    public func isDefaultEndpoint(_ id: String) async -> Bool {
        await models?.defaultEndpoints.contains { $0.id == id } ?? false
    }

    /// - Parameter isNew: there may be none of its name yet; of several that are made at the same time one is.
    /// - Throws: `IndicesError`: `inferenceEndpointExists`, `inferenceEndpointNotFound`, `file`.
    public func keep(_ endpoint: InferenceEndpoint, isNew: Bool) throws(IndicesError) {
        try cluster.change { (metadata) throws(IndicesError) in
            var kept = metadata.sections[Self.section] ?? [:]
            if isNew, kept[endpoint.id] != nil { throw .inferenceEndpointExists(endpoint.id) }
            if !isNew, kept[endpoint.id] == nil { throw .inferenceEndpointNotFound(endpoint.id) }
            kept[endpoint.id] = endpoint.json
            metadata.sections[Self.section] = kept
        }
    }

    /// - Throws: `IndicesError.file`.
    public func deleteInferenceEndpoint(_ id: String) throws(IndicesError) {
        try cluster.change { (metadata) throws(IndicesError) in metadata.sections[Self.section]?[id] = nil }
    }

    /// The vectors that an endpoint's model makes of groups of contents.
    ///
    /// - Parameters:
    ///   - purpose: some models want to be told what a text's vector is for.
    ///   - timeout: how long this may take.
    /// - Throws: `InferenceError`; `IndicesError.inferenceEndpointNotFound` where the node has no models at all.
    public func embed(
        _ groups: [ContentGroup], with endpoint: InferenceEndpoint, purpose: TextPurpose?, timeout: Duration
    ) async throws -> [[Float]] {
        guard let models else { throw IndicesError.inferenceEndpointNotFound(endpoint.id) }
        return try await models.embed(groups: groups, model: endpoint.target, purpose: purpose, timeout: timeout)
    }

    /// The indices whose mappings name an endpoint, sorted.
    public func indices(usingInferenceEndpoint id: String) -> [String] {
        let all = ((try? slots(.everything)) ?? []).map(\.record.metadata)
        return all.filter { $0.mapping.encoded["properties"]?.names(inferenceEndpoint: id) ?? false }.map(\.name).sorted()
    }

    private var storedEndpoints: [InferenceEndpoint] {
        (cluster.metadata.sections[Self.section] ?? [:]).compactMap { InferenceEndpoint($0.value) }
    }
}

extension JSONValue {
    /// Whether a field's definition, here or below, names an inference endpoint.
    fileprivate func names(inferenceEndpoint id: String) -> Bool {
        object?.contains { member in
            if member.key == "inference_id" || member.key == "search_inference_id", member.value.string == id { return true }
            return member.value.names(inferenceEndpoint: id)
        } ?? false
    }
}
