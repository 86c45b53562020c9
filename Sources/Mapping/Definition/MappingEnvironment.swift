public import Analysis

/// What a mapping's fields may name and how large it may become: what the settings of its index say of it.
public struct MappingEnvironment: Equatable, Sendable {
    /// The analyzers that fields may name; nil: names are looked up when the mapping is bound to an index, or merged into
    /// the mapping of one.
    public var analysis: AnalysisRegistry?
    /// The similarities that fields may name.
    public var similarities: SimilarityRegistry
    public var limits: MappingLimits

    /// Defaults are those of an index without settings.
    public init(
        analysis: AnalysisRegistry? = .standard, similarities: SimilarityRegistry = .standard,
        limits: MappingLimits = MappingLimits()
    ) {
        self.analysis = analysis
        self.similarities = similarities
        self.limits = limits
    }

    /// Of no index yet.
    public static let unbound = MappingEnvironment(analysis: nil, limits: .unlimited)
}
