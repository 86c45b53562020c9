internal import Glibc

extension VectorTable {
    /// Made-up vectors that are about as hard as real embeddings: normal in few directions, with a little noise in all.
    ///
    /// Tables of different seeds lie in the same directions, so that one can be asked for the neighbours of another.
    public init(madeUp rows: Int, columns: Int, seed: UInt64) {
        let inner = 24
        var random = NormalSource(seed: 0)
        let directions = (0..<inner * columns).map { _ in random.next() }
        random = NormalSource(seed: seed &+ 1)
        var values = [Float](repeating: 0, count: rows * columns)
        for row in 0..<rows {
            let place = (0..<inner).map { _ in random.next() }
            for column in 0..<columns {
                var value = random.next()
                for (direction, weight) in place.enumerated() { value += weight * directions[direction * columns + column] }
                values[row * columns + column] = value
            }
        }
        self.init(rows: rows, columns: columns, values: values)
    }
}

/// Normally distributed numbers by Box and Muller's formula, the same for a seed on every machine.
private struct NormalSource {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> Float {
        (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
    }

    /// In (0, 1].
    private mutating func uniform() -> Float {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (Float(state >> 40) + 1) * 0x1p-24
    }
}
