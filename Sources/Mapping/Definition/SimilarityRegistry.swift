public import FieldIndex

/// What an index's names of similarities mean.
public struct SimilarityRegistry: Equatable, Sendable {
    /// Names that an index's settings may not give another meaning.
    public static let builtIn: [String: Similarity] = ["BM25": .standard, "boolean": .boolean]
    /// The name that counts for fields which say none.
    public static let defaultName = "default"
    public static let standard = SimilarityRegistry([:])

    private let named: [String: Similarity]

    /// - Parameter own: what the settings describe, by name.
    public init(_ own: [String: Similarity]) { named = own.merging(Self.builtIn) { $1 } }

    /// Nil for a name that is not known.
    public subscript(name: String) -> Similarity? { named[name] }

    var defaultSimilarity: Similarity { named[Self.defaultName] ?? .standard }
}
