/// What a script computes of a query and a vector, whatever the index compares by.
public enum VectorFunction: CaseIterable, Sendable {
    case cosine
    /// The inner product; of bits, how many are set in both.
    case dotProduct
    /// The euclidean distance; of bits, the square root of how many differ.
    case euclideanDistance
    /// The sum of the differences; of bits, how many differ.
    case manhattanDistance
    /// How many bits differ, of bytes and bits.
    case hamming
}
