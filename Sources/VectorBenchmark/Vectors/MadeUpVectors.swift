internal import Glibc

/// Vectors made one after the other that are about as hard as real embeddings: normal in few directions, with a little
/// noise in all.
///
/// Those of different seeds lie in the same directions, so that one can be asked for the neighbours of another.
public struct MadeUpVectors: Sendable {
    private static let inner = 24

    public let columns: Int
    private let directions: [Float]
    private var random: NormalSource

    public init(columns: Int, seed: UInt64) {
        self.columns = columns
        var random = NormalSource(seed: 0)
        directions = (0..<Self.inner * columns).map { _ in random.next() }
        self.random = NormalSource(seed: seed &+ 1)
    }

    public mutating func next() -> [Float] {
        let place = (0..<Self.inner).map { _ in random.next() }
        var vector = (0..<columns).map { _ in random.next() }
        for (direction, weight) in place.enumerated() {
            for column in 0..<columns { vector[column] += weight * directions[direction * columns + column] }
        }
        return vector
    }
}

/// Normally distributed numbers by Box and Muller's formula, the same for a seed on every machine.
struct NormalSource: Sendable {
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
