internal import Ordinals
internal import VectorIndex

/// How what a filter accepts lies to the query.
public enum FilterRelation: String, CaseIterable, Sendable {
    /// Anywhere.
    case independent
    /// The nearest are accepted.
    case correlated
    /// The farthest are.
    case anticorrelated = "anti-correlated"

    /// A filter that accepts `count` of the ordinals. An independent one differs with the seed.
    ///
    /// - Complexity: O(*n* · log *n*) for *n* ordinals, and a comparison of each with the query.
    func filter(
        _ count: Int, of ordinals: OrdinalSet, query: [Float], seed: Int, in index: VectorIndex
    ) throws(VectorIndexError) -> OrdinalSet {
        guard count < ordinals.count else { return ordinals }
        guard count > 0 else { return [] }
        let keys: [Float]
        switch self {
        case .independent: keys = ordinals.map { Float(scattered(UInt64($0) &+ UInt64(truncatingIfNeeded: seed) << 32) >> 40) }
        case .correlated: keys = try index.values(.cosine, query, of: ordinals).map { -$0 }
        case .anticorrelated: keys = try index.values(.cosine, query, of: ordinals)
        }
        let sorted = zip(ordinals, keys).sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        return OrdinalSet(sorted[..<count].lazy.map(\.0))
    }
}

/// A number that looks random, always the same for a number (splitmix64, Steele, Lea and Flood 2014).
func scattered(_ number: some BinaryInteger) -> UInt64 {
    var bits = UInt64(truncatingIfNeeded: number) &+ 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
}
