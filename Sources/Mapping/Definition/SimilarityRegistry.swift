public import FieldIndex

/// What an index's names of similarities mean.
public struct SimilarityRegistry: Equatable, Sendable {
    /// Names that an index's settings may not give another meaning.
    public static let builtIn: [String: Similarity] = ["BM25": .standard, "boolean": .boolean]
    /// The name that counts for fields which say none.
    public static let defaultName = "default"
    public static let standard = SimilarityRegistry([:])

    private let named: [String: Similarity]
    private let countingOverlaps: Set<String>

    /// - Parameters:
    ///   - own: what the settings describe, by name.
    ///   - countingOverlaps: those for which tokens in one place count as so many in a document's length.
    public init(_ own: [String: Similarity], countingOverlaps: Set<String> = []) {
        named = own.merging(Self.builtIn) { $1 }
        self.countingOverlaps = countingOverlaps
    }

    /// - Parameter name: nil: the default's.
    func countsOverlaps(_ name: String?) -> Bool { countingOverlaps.contains(name ?? Self.defaultName) }

    /// Nil for a name that is not known.
    public subscript(name: String) -> Similarity? { named[name] }

    var defaultSimilarity: Similarity { named[Self.defaultName] ?? .standard }
}
