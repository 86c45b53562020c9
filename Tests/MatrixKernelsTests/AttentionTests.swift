import Glibc
import MatrixKernels
import TestSupport
import Testing

@Suite struct AttentionTests {
    static func exact(
        _ query: [[Double]], _ key: [[Double]], _ value: [[Double]], causal: Bool
    ) -> [[Double]] {
        query.enumerated().map { index, q in
            let visible = causal ? key.count - query.count + index + 1 : key.count
            let scores = key[..<visible].map { k in
                zip(q, k).reduce(0) { $0 + $1.0 * $1.1 } / Double(q.count).squareRoot()
            }
            let weights = scores.map { exp($0 - (scores.max() ?? 0)) }
            let sum = weights.reduce(0, +)
            return q.indices.map { i in zip(weights, value).reduce(0) { $0 + $1.0 * $1.1[i] } / sum }
        }
    }

    /// The inputs' roundings, where products are of bfloat16.
    @Test(arguments: engines, [(Precision.f32, 1e-5), (.bf16, 0.03), (.int8, 0.03)])
    func agreesWithTheDefinition(engine: MatrixEngine, precision: (Precision, Double)) throws {
        for causal in [false, true] { try agrees(engine, precision.0, causal, precision.1) }
    }

    private func agrees(_ engine: MatrixEngine, _ precision: Precision, _ causal: Bool, _ tolerance: Double) throws {
        for (heads, size, lengths) in [(1, 1, [1]), (2, 8, [5, 1, 3]), (3, 12, [50]), (2, 64, [9, 33, 77]), (1, 65, [13])] {
            var random = SeededGenerator(seed: 5)
            let width = heads * size, rows = lengths.reduce(0, +)
            let fused = random.floats(rows * 3 * width, in: -2...2)
            let matrix = try Matrix(fused, rows: rows, columns: 3 * width)
            let output = try Matrix(rows: rows, columns: width)
            var start = 0
            let sequences = lengths.map { length in
                defer { start += length }
                return Attention.Sequence(queries: start..<(start + length), keys: start..<(start + length))
            }
            let attention = Attention(engine, precision, heads: heads, headSize: size, causal: causal)
            try attention(
                query: .init(of: matrix), key: .init(of: matrix, from: width), value: .init(of: matrix, from: 2 * width),
                sequences: sequences, into: output)
            var expected = [Double](repeating: 0, count: rows * width)
            for sequence in sequences {
                for head in 0..<heads {
                    func part(_ block: Int) -> [[Double]] {
                        sequence.keys.map { row in
                            (0..<size).map { Double(fused[row * 3 * width + block * width + head * size + $0]) }
                        }
                    }
                    for (i, row) in Self.exact(part(0), part(1), part(2), causal: causal).enumerated() {
                        for (j, x) in row.enumerated() {
                            expected[(sequence.queries.lowerBound + i) * width + head * size + j] = x
                        }
                    }
                }
            }
            #expect(largestDifference(output.elements, expected) < tolerance)
        }
    }

    /// The last rows of a sequence may ask alone, from a matrix of their own.
    @Test(arguments: engines, [false, true])
    func someQueriesGiveTheirRowsOfAll(engine: MatrixEngine, causal: Bool) throws {
        var random = SeededGenerator(seed: 6)
        let values = random.floats(11 * 24)
        let matrix = try Matrix(values, rows: 11, columns: 24)
        let attention = Attention(engine, heads: 2, headSize: 4, causal: causal)
        let all = try Matrix(rows: 11, columns: 8), some = try Matrix(rows: 2, columns: 8)
        try attention(
            query: .init(of: matrix), key: .init(of: matrix, from: 8), value: .init(of: matrix, from: 16),
            sequences: [.init(queries: 0..<11, keys: 0..<11)], into: all)
        let asking = try Matrix(rows: 2, columns: 24)
        asking.copy(row: 9, of: matrix, to: 0)
        asking.copy(row: 10, of: matrix, to: 1)
        try attention(
            query: .init(of: asking), key: .init(of: matrix, from: 8), value: .init(of: matrix, from: 16),
            sequences: [.init(queries: 0..<2, keys: 0..<11)], into: some)
        let expected = (all.row(9) + all.row(10)).map(Double.init)
        #expect(largestDifference(some.elements, expected) < 1e-6)
    }
}
