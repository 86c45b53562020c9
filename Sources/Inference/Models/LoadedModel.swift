public import Encoders
public import ImagePreprocessing
internal import MatrixKernels
public import Tokenizers

/// A model in memory.
public struct LoadedModel: Sendable {
    /// What makes vectors of texts.
    public struct TextSide: Sendable {
        public let tokenizer: any Tokenizer
        public let maximumTokens: Int
        public let encoder: any TextEncoder

        public init(tokenizer: any Tokenizer, maximumTokens: Int, encoder: any TextEncoder) {
            self.tokenizer = tokenizer
            self.maximumTokens = maximumTokens
            self.encoder = encoder
        }
    }

    /// What makes vectors of pictures.
    public struct ImageSide: Sendable {
        public let preprocessor: ImagePreprocessor
        public let encoder: any ImageEncoder

        public init(preprocessor: ImagePreprocessor, encoder: any ImageEncoder) {
            self.preprocessor = preprocessor
            self.encoder = encoder
        }
    }

    public let text: TextSide?
    public let image: ImageSide?
    /// The memory that holds its layers' weights, in the precision that it was loaded in. Tables of words stay in the files.
    public let weightBytes: Int
    /// What the training multiplied cosines by; nil where the weights do not say.
    public let logitScale: Float?

    public init(text: TextSide?, image: ImageSide?, logitScale: Float? = nil, weightBytes: Int = 0) {
        self.text = text
        self.image = image
        self.weightBytes = weightBytes
        self.logitScale = logitScale
    }

    /// Loads both sides of a model from its files.
    ///
    /// - Parameter decoder: how pictures are decoded.
    /// - Complexity: one pass over the weights.
    public init(
        _ model: Model, _ configuration: DeploymentConfiguration, decoder: ImageDecoder
    ) throws(ModelLoadingError) {
        let engine = MatrixEngine(threads: configuration.threads)
        let precision = configuration.precision ?? .standard
        text = try model.layout.text.map { side throws(ModelLoadingError) in
            try TextSide(side, model.layout, engine, precision)
        }
        image = try model.layout.image.map { side throws(ModelLoadingError) in
            try ImageSide(side, model.layout, engine, precision, decoder)
        }
        weightBytes = engine.weightBytes
        logitScale = model.layout.logitScale
    }
}

extension LoadedModel.TextSide {
    fileprivate init(
        _ side: ModelLayout.TextSide, _ layout: ModelLayout, _ engine: MatrixEngine, _ precision: Precision
    ) throws(ModelLoadingError) {
        do throws(TokenizerError) {
            tokenizer = try TokenizerLoader.load(folder: side.tokenizerFolder)
        } catch {
            throw .tokenizer(error)
        }
        do throws(EncoderLoadingError) {
            encoder = try layout.makeTextEncoder(engine, precision)
        } catch {
            throw .encoder(error)
        }
        maximumTokens = side.maximumTokens
    }
}

extension LoadedModel.ImageSide {
    fileprivate init(
        _ side: ModelLayout.ImageSide, _ layout: ModelLayout, _ engine: MatrixEngine, _ precision: Precision,
        _ decoder: ImageDecoder
    ) throws(ModelLoadingError) {
        do throws(PreprocessorError) {
            preprocessor = try ImagePreprocessor(configuration: side.preprocessing, decoder: decoder)
        } catch {
            throw .preprocessor(error)
        }
        guard preprocessor.outputSize == PixelSize(width: side.inputSize, height: side.inputSize) else {
            throw .inputSizeMismatch(
                folder: layout.folder, preprocessing: preprocessor.outputSize, encoder: side.inputSize)
        }
        do throws(EncoderLoadingError) {
            encoder = try layout.makeImageEncoder(engine, precision)
        } catch {
            throw .encoder(error)
        }
    }
}
