public import Ordinals

/// Documents with a score each.
public struct ScoredDocuments: Equatable, Sendable {
    public var ordinals: OrdinalSet
    /// In the order of the ordinals.
    public var scores: [Float]

    public init(ordinals: OrdinalSet = [], scores: [Float] = []) {
        self.ordinals = ordinals
        self.scores = scores
    }
}
