internal import Files

/// What a model folder holds, found from its files' own words. Nothing is loaded.
///
/// Understood are folders of Hugging Face's `CLIPModel`, `SiglipModel`, `BertModel` and `DistilBertModel`; of
/// sentence-transformers (`modules.json`); of models uploaded as TorchScript (`definition.pt`); and folders whose parts `text/`
/// and `image/` are models of their own, as the compact one.
public struct ModelLayout: Equatable, Sendable {
    /// How texts become vectors.
    public struct TextSide: Equatable, Sendable {
        /// Which encoder it is. CLIP's `projection` is the embedding's width.
        public enum Kind: Equatable, Sendable {
            case clip(CLIPConfiguration.Text, projection: Int, normalised: Bool)
            case siglip(SigLIPConfiguration.Text)
            case sentence(SentenceConfiguration)
        }

        public var kind: Kind
        /// The file of the transformer's weights.
        public var weights: String
        /// The folder of the tokenizer's files.
        public var tokenizerFolder: String
        /// The longest sequence, special tokens included; longer ones are to be truncated.
        public var maximumTokens: Int
        /// The width of an embedding.
        public var dimensions: Int
    }

    /// How pictures become vectors.
    public struct ImageSide: Equatable, Sendable {
        /// Which encoder it is.
        public enum Kind: Equatable, Sendable {
            case clip(CLIPConfiguration, normalised: Bool)
            case siglip(SigLIPConfiguration.Vision)
            case compact(CompactConfiguration)
        }

        public var kind: Kind
        public var weights: String
        /// The file that says how pictures are prepared: `preprocessor_config.json` of CLIP and SigLIP, `config.json` of the
        /// compact model.
        public var preprocessing: String
        /// The encoder takes pictures of `[3, inputSize, inputSize]`.
        public var inputSize: Int
        /// The width of an embedding.
        public var dimensions: Int
    }

    public let folder: String
    public let text: TextSide?
    public let image: ImageSide?

    /// Detects the layout of `folder`.
    ///
    /// - Throws: `ModelLayoutError`.
    public init(folder: String) throws(ModelLayoutError) {
        self.folder = folder
        let textPart = Path.join(folder, "text"), imagePart = Path.join(folder, "image")
        if Path.isFile(Path.join(folder, "definition.pt")) {
            (self.text, self.image) = (try Self.uploaded(folder), nil)
        } else if Path.isFile(Path.join(folder, "modules.json")) {
            (self.text, self.image) = try Self.sentenceTransformers(folder)
        } else if Path.isFile(Path.join(folder, "config.json")) {
            (self.text, self.image) = try Self.huggingFace(folder)
        } else if Path.isDirectory(textPart) || Path.isDirectory(imagePart) {
            self.text = Path.isDirectory(textPart) ? try ModelLayout(folder: textPart).text : nil
            self.image = Path.isDirectory(imagePart) ? try ModelLayout(folder: imagePart).image : nil
        } else {
            throw .notAModel(folder: folder)
        }
        guard text != nil || image != nil else { throw .notAModel(folder: folder) }
    }

    /// The file of weights in `folder`: `model.safetensors`, or else the index of one in several parts, or else
    /// `pytorch_model.bin`.
    static func weights(in folder: String) throws(ModelLayoutError) -> String {
        let names = ["model.safetensors", WeightFile.indexName, "pytorch_model.bin"]
        let files = names.map { Path.join(folder, $0) }
        guard let file = files.first(where: Path.isFile) else { throw .missingFile(files[0]) }
        return file
    }

    /// The file in `folder` that says how pictures are prepared.
    static func preprocessing(in folder: String) throws(ModelLayoutError) -> String {
        let file = Path.join(folder, "preprocessor_config.json")
        guard Path.isFile(file) else { throw .missingFile(file) }
        return file
    }

    private static func huggingFace(_ folder: String) throws(ModelLayoutError) -> (TextSide?, ImageSide?) {
        let file = try ConfigurationFile(path: Path.join(folder, "config.json"))
        switch try file.string("model_type") {
        case "clip": return try clip(folder, normalised: false)
        case "siglip": return try siglip(folder)
        case CompactConfiguration.modelType:
            let configuration = try CompactConfiguration(file)
            let image = ImageSide(
                kind: .compact(configuration), weights: try weights(in: folder), preprocessing: file.path,
                inputSize: configuration.inputSize, dimensions: configuration.dimensions)
            return (nil, image)
        default:
            // As sentence-transformers treats a bare transformer: mean pooling.
            let configuration = SentenceConfiguration(
                transformer: try BERTConfiguration(file), pooling: [.mean], dense: [], normalised: false)
            return (try sentence(folder, folder, configuration), nil)
        }
    }

    private static func clip(_ folder: String, normalised: Bool) throws(ModelLayoutError) -> (TextSide?, ImageSide?) {
        let file = try ConfigurationFile(path: Path.join(folder, "config.json"))
        try file.require("model_type", "clip")
        let configuration = try CLIPConfiguration(file), weights = try weights(in: folder)
        let preprocessing = try preprocessing(in: folder)
        let text = TextSide(
            kind: .clip(configuration.text, projection: configuration.projection, normalised: normalised),
            weights: weights, tokenizerFolder: folder,
            maximumTokens: configuration.text.positions, dimensions: configuration.projection)
        let image = ImageSide(
            kind: .clip(configuration, normalised: normalised), weights: weights, preprocessing: preprocessing,
            inputSize: configuration.vision.imageSize, dimensions: configuration.projection)
        return (text, image)
    }

    private static func sentence(
        _ folder: String, _ transformer: String, _ configuration: SentenceConfiguration
    ) throws(ModelLayoutError) -> TextSide {
        TextSide(
            kind: .sentence(configuration), weights: try weights(in: transformer), tokenizerFolder: transformer,
            maximumTokens: try maximumTokens(transformer, positions: configuration.transformer.positions),
            dimensions: configuration.dimensions)
    }

    /// `max_seq_length` of sentence-transformers' own file, or else the tokenizer's length; never more than there are
    /// positions.
    private static func maximumTokens(_ folder: String, positions: Int) throws(ModelLayoutError) -> Int {
        let own = Path.join(folder, "sentence_bert_config.json")
        if Path.isFile(own) {
            let file = try ConfigurationFile(path: own)
            if file.has("max_seq_length") { return min(positions, try file.int("max_seq_length")) }
        }
        let tokenizer = Path.join(folder, "tokenizer_config.json")
        guard Path.isFile(tokenizer) else { return positions }
        // Files without a limit of their own carry 1e30.
        let length = try ConfigurationFile(path: tokenizer).double("model_max_length", default: Double(positions))
        return length >= 3 && length < Double(positions) ? Int(length) : positions
    }

    // MARK: - sentence-transformers

    private static func sentenceTransformers(_ folder: String) throws(ModelLayoutError) -> (TextSide?, ImageSide?) {
        let modules = try ConfigurationFile(path: Path.join(folder, "modules.json"))
        var transformer: (folder: String, configuration: BERTConfiguration)?
        var clipFolder: String?
        var pooling: [SentenceConfiguration.Pooling] = [], dense: [SentenceConfiguration.Dense] = []
        var normalised = false, width = 0
        for module in try modules.sections() {
            let type = try module.string("type"), path = try module.string("path")
            guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else { throw module.invalid("path") }
            let place = Path.join(folder, path)
            // Old and new versions differ in where their classes live, not in what they are called.
            let kind = type.split(separator: ".").last ?? ""
            switch (kind, clipFolder == nil, transformer == nil, pooling.isEmpty) {
            case ("CLIPModel", true, true, _):
                clipFolder = place
            case ("Transformer", true, true, _):
                let file = try ConfigurationFile(path: Path.join(place, "config.json"))
                transformer = (place, try BERTConfiguration(file))
            case ("Pooling", true, false, true):
                pooling = try .modes(try ConfigurationFile(path: Path.join(place, "config.json")))
                width = (transformer?.configuration.transformer.hidden ?? 0) * pooling.count
            case ("Dense", true, false, false) where !normalised:
                let layer = try SentenceConfiguration.Dense(folder: place)
                guard layer.inputs == width else {
                    throw .widthMismatch(
                        file: Path.join(place, "config.json"), expected: width, found: layer.inputs)
                }
                dense.append(layer)
                width = layer.outputs
            case ("Normalize", false, _, _), ("Normalize", _, false, false):
                normalised = true
            default:
                throw module.unsupported("type", type)
            }
        }
        if let clipFolder { return try clip(clipFolder, normalised: normalised) }
        guard let transformer, !pooling.isEmpty else { throw modules.invalid("type") }
        let configuration = SentenceConfiguration(
            transformer: transformer.configuration, pooling: pooling, dense: dense, normalised: normalised)
        return (try sentence(folder, transformer.folder, configuration), nil)
    }
}

extension [SentenceConfiguration.Pooling] {
    fileprivate static func modes(_ file: ConfigurationFile) throws(ModelLayoutError) -> Self {
        try SentenceConfiguration.Pooling.modes(file)
    }
}
