public import MatrixKernels

/// Why a batch cannot be encoded. Indices are positions in the batch.
public enum EncoderError: Error, Equatable, Sendable {
    /// A text needs at least one token.
    case emptySequence(index: Int)
    case sequenceTooLong(index: Int, tokens: Int, limit: Int)
    case unknownToken(index: Int, token: Int32, vocabulary: Int)
    /// CLIP takes the state of this token, which does not occur.
    case noEndOfText(index: Int, token: Int)
    /// A picture is `[3, inputSize, inputSize]`.
    case wrongPixelCount(index: Int, expected: Int, found: Int)
    case matrix(MatrixError)
}
