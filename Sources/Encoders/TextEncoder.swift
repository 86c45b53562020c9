/// Turns texts, as token ids, into vectors. Safe to call from any thread, and from several at once.
public protocol TextEncoder: Sendable {
    /// The width of an embedding.
    var dimensions: Int { get }

    /// `[batch][tokens]`, special tokens included and without padding, to `[batch, dimensions]`.
    ///
    /// Each row depends on its own text alone, up to rounding.
    ///
    /// - Throws: `EncoderError`; nothing is encoded then.
    func encode(_ batch: [[Int32]]) throws(EncoderError) -> [[Float]]
}
