internal import Encoders
internal import ImagePreprocessing
internal import Inference
internal import MatrixKernels
internal import Threads

/// Embeds in this process: a picture is decoded once, for its vector and its small copy.
///
/// Each thread of the pool encodes a batch of its own on one core: with threads that wait for each other at every layer, as one
/// batch on all cores would have it, the decoding beside them would keep all waiting.
struct LocalEmbedder: PictureEmbedder {
    /// JPEGs are decoded at no less than so many times the size that the model sees.
    private static let draftScale = 2

    let dimensions: Int
    /// Whether large JPEGs are decoded at a part of their size: quicker, for slightly other vectors.
    var isDraft = false
    /// Whether pictures are turned as their EXIF says before the model sees them.
    var appliesOrientation = false
    private let side: LoadedModel.ImageSide
    private let pool: BlockingPool
    private let gate = LargePictureGate()

    /// - Parameters:
    ///   - model: the id of a model in one of `folders`.
    ///   - pool: does the work.
    /// - Throws: `ImportError`.
    init(model id: String, folders: [String], precision: Precision, pool: BlockingPool) throws(ImportError) {
        guard let model = ModelCatalog(roots: folders).models[id] else { throw .unknownModel(id, folders: folders) }
        let loaded: LoadedModel
        do throws(ModelLoadingError) {
            loaded = try LoadedModel(model, DeploymentConfiguration(threads: 1, precision: precision), decoder: ImageDecoder())
        } catch {
            throw .model(id, reason: ExplainedError(InferenceError.loadingFailed(id: id, error)).description)
        }
        guard let side = loaded.image else { throw .noImageSide(id) }
        self.side = side
        self.pool = pool
        dimensions = side.encoder.dimensions
        MatrixEngine.trimMemory()
    }

    /// Whether there is such a model that makes vectors of pictures.
    static func hasModel(_ id: String, in folders: [String]) -> Bool { ModelCatalog(roots: folders).models[id]?.imageDimensions != nil }

    func prepare(_ bytes: [UInt8], withThumbnail: Bool) throws(ImageError) -> PreparedPicture {
        let header = try ImageHeader(reading: bytes)
        return try gate.run(header) { () throws(ImageError) in
            let image = try decode(bytes)
            let seen = appliesOrientation ? image.oriented(header.orientation) : image
            return PreparedPicture(
                input: .tensor(tensor(of: seen)), header: header,
                thumbnail: withThumbnail ? try? Thumbnail(of: bytes, decoded: image).bytes : nil)
        }
    }

    /// The stored pixels, not turned.
    ///
    /// - Throws: `ImageError`.
    func decode(_ bytes: [UInt8]) throws(ImageError) -> RGBImage {
        let decoder = side.preprocessor.decoder
        return isDraft ? try decoder.decode(bytes, shorterSideAtLeast: draftSide) : try decoder.decode(bytes)
    }

    /// What the encoder sees of a picture.
    func tensor(of image: RGBImage) -> [Float] { side.preprocessor.normalized(side.preprocessor.fitted(image)) }

    func embed(_ pictures: [PreparedPicture]) async throws -> [Result<[Float], InferRefusal>] {
        let tensors = pictures.compactMap { if case .tensor(let values) = $0.input { values } else { nil } }
        return try await encode(tensors).map { .success($0) }
    }

    /// The vectors of pictures that are decoded already.
    func encode(_ tensors: [[Float]]) async throws -> [[Float]] {
        if tensors.isEmpty { return [] }
        return try await pool.run { [side] in Result { try side.encoder.encode(tensors) } }.get()
    }

    private var draftSide: Int {
        max(side.preprocessor.outputSize.width, side.preprocessor.outputSize.height) * Self.draftScale
    }
}
