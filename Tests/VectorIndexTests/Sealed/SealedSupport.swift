import CVectorKernels
import Ordinals
import TestSupport
import Testing

@testable import VectorIndex

extension VectorIndex {
    /// An index whose vectors, at ordinals from 0, are in one sealed part.
    static func sealed(
        _ vectors: [[Float]], _ configuration: VectorIndexConfiguration, in directory: TemporaryDirectory
    ) throws -> VectorIndex {
        let index = try VectorIndex(directory: directory.path, configuration: configuration)
        try index.append(vectors.enumerated().map { (UInt32($0), $1) })
        try index.seal(adding: OrdinalSet(0..<UInt32(vectors.count)), threads: 2)
        return index
    }

    var onlyPart: SealedPart {
        get throws {
            try #require(currentParts.sealed.count == 1)
            return currentParts.sealed[0]
        }
    }

    /// Hits of the sealed parts' walks alone, however small the index: no scan helps.
    func walked(_ query: [Float], k: Int, ef: Int, accepting: OrdinalSet? = nil, most: Int = 0) throws -> [VectorHit] {
        let exact = try RowsQuery(nearest: query, configuration), prepared = exact.walkComponents(configuration)
        let context = try SealedContext()
        var bounds = WalkBounds(ef)
        bounds.limit = max(ef, most)
        bounds.most = bounds.limit
        let found = try currentParts.sealed.flatMap { part in
            try part.candidates(
                for: part.turned(prepared), k: k, count: k, accepting: accepting, .walk(bounds), using: context)
        }
        return rank(found, by: exact, k: k).map(hit)
    }

    /// The share of the exact answer's values that the walks' hits have: of equally near ones, any will do.
    func walkRecall(_ queries: [[Float]], k: Int, ef: Int) throws -> Double {
        var found = 0.0, wanted = 0.0
        for query in queries {
            let exact = try exactSearch(query, k: k, among: members).hits.map(\.score)
            let scores = try walked(query, k: k, ef: ef).map(\.score)
            found += Double(scores.prefix { $0 >= (exact.last ?? 0) }.count)
            wanted += Double(exact.count)
        }
        return wanted == 0 ? 1 : found / wanted
    }
}

extension SeededGenerator {
    /// About normal: what most data look like along most directions.
    mutating func normal() -> Float {
        (0..<6).reduce(0) { sum, _ in sum + Float.random(in: -1...1, using: &self) } * 0.7071
    }

    /// Vectors as `configuration` takes them, in loose clusters as real ones are.
    mutating func vectors(
        _ count: Int, clusters: Int, spread: Float, _ configuration: VectorIndexConfiguration
    ) -> [[Float]] {
        let dimensions = configuration.dimensions
        let centres = (0..<clusters).map { _ in (0..<dimensions).map { _ in normal() } }
        return (0..<count).map { _ in
            let centre = centres[Int.random(in: 0..<clusters, using: &self)]
            let vector = centre.map { $0 + spread * normal() }
            return configuration.written(vector)
        }
    }
}

extension VectorIndexConfiguration {
    /// A vector of any kind as a client would write it.
    func written(_ vector: [Float]) -> [Float] {
        switch elementType {
        case .byte: vector.map { min(127, max(-128, ($0 * 40).rounded())) }
        case .bit:
            (0..<componentCount).map { byte in
                var bits: UInt8 = 0
                for bit in 0..<8 where vector[byte * 8 + bit] > 0 { bits |= 0x80 >> UInt8(bit) }
                return Float(Int8(bitPattern: bits))
            }
        case .float, .bfloat16: metric == .dotProduct ? Self.unit(vector) : vector
        }
    }
}
