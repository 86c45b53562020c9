public import MatrixKernels

extension ModelLayout {
    /// Loads the text encoder of this model.
    ///
    /// - Complexity: One pass over the weights, which are packed for `engine`.
    /// - Throws: `EncoderLoadingError`.
    public func makeTextEncoder(_ engine: MatrixEngine) throws(EncoderLoadingError) -> any TextEncoder {
        guard let text else { throw .noTextSide(folder: folder) }
        let weights = try loading { try WeightFile(path: text.weights) }
        switch text.kind {
        case .clip(let configuration, let normalised):
            return try CLIPTextEncoder(engine, configuration, weights: weights, normalised: normalised)
        case .sentence(let configuration):
            return try SentenceEncoder(engine, configuration, weights: weights)
        }
    }

    /// Loads the image encoder of this model.
    ///
    /// - Complexity: One pass over the weights, which are packed for `engine`.
    /// - Throws: `EncoderLoadingError`.
    public func makeImageEncoder(_ engine: MatrixEngine) throws(EncoderLoadingError) -> any ImageEncoder {
        guard let image else { throw .noImageSide(folder: folder) }
        let weights = try loading { try WeightFile(path: image.weights) }
        switch image.kind {
        case .clip(let configuration, let normalised):
            return try CLIPImageEncoder(engine, configuration, weights: weights, normalised: normalised)
        case .compact(let configuration):
            return try CompactImageEncoder(engine, configuration, weights: weights)
        }
    }
}
