/// How well two encoders agree on the same items.
struct VectorAgreement {
    /// The number of neighbours that are compared.
    static let depth = 10

    let leastCosine: Double
    let meanCosine: Double
    /// The mean share of each item's nearest other items, by cosine, that both encoders have; 1 for too few items.
    let overlap: Double

    /// - Complexity: O(*items*² · *dimensions*).
    /// - Precondition: both have the same items, and at least one.
    init(_ left: [[Float]], _ right: [[Float]]) {
        precondition(left.count == right.count && !left.isEmpty)
        let left = left.map(Self.unit), right = right.map(Self.unit)
        let cosines = zip(left, right).map(Self.dot)
        leastCosine = Double(cosines.min() ?? 0)
        meanCosine = cosines.reduce(0) { $0 + Double($1) } / Double(cosines.count)
        let depth = min(Self.depth, left.count - 1)
        let shared = left.indices.reduce(0) { sum, item in
            sum + Self.neighbours(of: item, in: left, depth).intersection(Self.neighbours(of: item, in: right, depth)).count
        }
        overlap = depth == 0 ? 1 : Double(shared) / Double(depth * left.count)
    }

    private static func neighbours(of item: Int, in vectors: [[Float]], _ depth: Int) -> Set<Int> {
        let scores = vectors.map { dot($0, vectors[item]) }
        let others = vectors.indices.filter { $0 != item }.sorted { (scores[$0], $1) > (scores[$1], $0) }
        return Set(others.prefix(depth))
    }

    private static func unit(_ vector: [Float]) -> [Float] {
        let length = dot(vector, vector).squareRoot()
        return length > 0 ? vector.map { $0 / length } : vector
    }

    private static func dot(_ left: [Float], _ right: [Float]) -> Float {
        zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
