/// Turns prepared pictures into vectors. Safe to call from any thread, and from several at once.
public protocol ImageEncoder: Sendable {
    /// The width of an embedding.
    var dimensions: Int { get }

    /// The encoder takes pictures of `[3, inputSize, inputSize]`.
    var inputSize: Int { get }

    /// `[batch][3 · inputSize · inputSize]`, normalised, channels first, to `[batch, dimensions]`.
    ///
    /// Each row depends on its own picture alone, up to rounding.
    ///
    /// - Throws: `EncoderError`; nothing is encoded then.
    func encode(_ batch: [[Float]]) throws(EncoderError) -> [[Float]]
}
