public import MatrixKernels

extension ModelLayout {
    /// Loads the text encoder of this model.
    ///
    /// - Parameter precision: Of the transformer's weights.
    /// - Complexity: One pass over the weights, which are packed for `engine`.
    /// - Throws: `EncoderLoadingError`.
    public func makeTextEncoder(
        _ engine: MatrixEngine, _ precision: Precision = .f32
    ) throws(EncoderLoadingError) -> any TextEncoder {
        guard let text else { throw .noTextSide(folder: folder) }
        let weights = try loading { try WeightFile(path: text.weights) }
        switch text.kind {
        case .clip(let configuration, let projection, let normalised):
            return try CLIPTextEncoder(
                engine, precision, configuration, projection: projection, weights: weights, normalised: normalised)
        case .siglip(let configuration):
            return try SigLIPTextEncoder(engine, precision, configuration, weights: weights)
        case .sentence(let configuration):
            return try SentenceEncoder(engine, precision, configuration, weights: weights)
        }
    }

    /// Loads the image encoder of this model.
    ///
    /// - Parameter precision: Of a transformer's weights; the compact model's are kept as floats.
    /// - Complexity: One pass over the weights, which are packed for `engine`.
    /// - Throws: `EncoderLoadingError`.
    public func makeImageEncoder(
        _ engine: MatrixEngine, _ precision: Precision = .f32
    ) throws(EncoderLoadingError) -> any ImageEncoder {
        guard let image else { throw .noImageSide(folder: folder) }
        let weights = try loading { try WeightFile(path: image.weights) }
        switch image.kind {
        case .clip(let configuration, let normalised):
            return try CLIPImageEncoder(engine, precision, configuration, weights: weights, normalised: normalised)
        case .siglip(let configuration):
            return try SigLIPImageEncoder(engine, precision, configuration, weights: weights)
        case .compact(let configuration):
            return try CompactImageEncoder(engine, configuration, weights: weights)
        }
    }
}
