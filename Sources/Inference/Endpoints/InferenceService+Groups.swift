internal import Contents

extension InferenceService {
    /// Elasticsearch's `timeout` of an inference endpoint where none is given.
    public static let defaultEndpointTimeout = Duration.seconds(30)

    /// The vectors of groups of contents, in their order. All texts are embedded together, and all pictures; only some of a long
    /// list are in the queue at a time.
    ///
    /// - Parameters:
    ///   - name: a deployment's id, a model's, or an alias of one.
    ///   - purpose: as for texts.
    ///   - timeout: how long this may take, from `arrival` on.
    /// - Throws: `InferenceError`; `contentsCancelOut`, `differentSides`.
    public nonisolated func embed(
        groups: [ContentGroup], model name: String, purpose: TextPurpose? = nil, since arrival: ContinuousClock.Instant = .now,
        timeout: Duration = defaultEndpointTimeout
    ) async throws(InferenceError) -> [[Float]] {
        let embeddings = try await embed(
            contents: groups.flatMap { $0.contents.map(\.content) }, model: name, purpose: purpose, truncation: .end, since: arrival,
            timeout: timeout)
        var next = embeddings.makeIterator()
        var results: [[Float]] = []
        results.reserveCapacity(groups.count)
        for group in groups {
            let vectors = group.contents.compactMap { _ in next.next()?.vector }
            let weights = group.contents.map(\.weight)
            guard let vector = try ContentGroup.mixed(vectors, weights: weights) else { throw .differentSides(id: name) }
            results.append(vector)
        }
        return results
    }
}
