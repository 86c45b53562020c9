public import Encoders
public import ImagePreprocessing
public import Tokenizers

/// Why an inference request, or a change to a deployment, failed. Indices are positions in the request.
public enum InferenceError: Error, Equatable, Sendable {
    case unknownModel(id: String)
    /// The model exists and nobody started it.
    case notDeployed(id: String)
    /// The deployment exists and does not serve: it is starting, stopping, or has failed.
    case notServing(id: String, state: DeploymentState)
    case alreadyDeployed(id: String)
    case loadingFailed(id: String, ModelLoadingError)
    case noTextSide(id: String)
    case noImageSide(id: String)
    /// The text has more tokens than the model takes, and truncation was ruled out.
    case textTooLong(index: Int, tokens: Int, limit: Int)
    case image(index: Int, ImageError)
    case encoder(index: Int, EncoderError)
    case queueFull(id: String, capacity: Int)
    case timedOut(Duration)
    /// The task that asked was cancelled.
    case cancelled
}

/// Why a model's files did not become a working model.
public enum ModelLoadingError: Error, Equatable, Sendable {
    case tokenizer(TokenizerError)
    case preprocessor(PreprocessorError)
    case encoder(EncoderLoadingError)
    /// The preprocessing makes pictures of another size than the tower takes.
    case inputSizeMismatch(folder: String, preprocessing: PixelSize, encoder: Int)
}
