public import Files

/// Everything that can go wrong in a vector index, with the facts that a message needs.
public enum VectorIndexError: FileErrorWrapping, Equatable, Sendable {
    /// What was given too small or too large. Raw values are Elasticsearch's names.
    public enum Parameter: String, Sendable {
        case dimensions
        case m
        case efConstruction = "ef_construction"
        case k
        case candidates = "num_candidates"
        case ordinal
    }

    /// What is wrong with a file.
    public enum Damage: Equatable, Sendable {
        /// There is no such file, though another says so.
        case missing
        /// The file ends before what it must hold.
        case truncated
        /// The content is not what was written.
        case checksumMismatch
        /// Not a file of this kind.
        case wrongMagic
        /// The checksum holds, yet the content contradicts itself.
        case inconsistent
        /// The row of this ordinal is not what was written.
        case damagedRow(ordinal: UInt32)
    }

    case invalidConfiguration(parameter: Parameter, value: Int, allowed: ClosedRange<Int>)
    /// Bits differ in number only: `l2_norm` is what they have.
    case unsupportedMetric(Metric, ElementType)
    /// A function that such vectors do not have.
    case unsupportedFunction(VectorFunction, ElementType)
    case dimensionMismatch(expected: Int, actual: Int)
    /// A component is infinite or not a number.
    case notFinite(position: Int)
    /// A component that is no whole number of −128…127, as bytes and bits are.
    case notAByte(position: Int, value: Float)
    /// Cosine has no direction to compare. (Also where the magnitude leaves Float's range.)
    case zeroMagnitude
    /// dot_product compares unit vectors only.
    case notUnitLength(squaredMagnitude: Float)
    /// No vector was appended for this ordinal.
    case missingVector(ordinal: UInt32)

    /// The file cannot be trusted. A graph can be rebuilt from the raw vectors; raw vectors cannot.
    case damagedFile(path: String, Damage)
    case unsupportedVersion(path: String, version: UInt32)
    /// The file was made for another configuration.
    case configurationMismatch(path: String)
    case file(FileError)
    case outOfMemory
    /// The index is being closed.
    case interrupted
}
