internal import MatrixKernels

extension Matrix {
    /// The rows as vectors.
    func vectors(normalised: Bool) -> [[Float]] {
        (0..<rows).map { index in
            var vector = row(index)
            if normalised { vector.normalise() }
            return vector
        }
    }
}

extension [[Float]] {
    /// - Throws: `EncoderError.wrongPixelCount` unless each picture is `[3, inputSize, inputSize]`.
    func check(inputSize: Int) throws(EncoderError) {
        let expected = 3 * inputSize * inputSize
        for (index, image) in enumerated() where image.count != expected {
            throw .wrongPixelCount(index: index, expected: expected, found: image.count)
        }
    }
}
