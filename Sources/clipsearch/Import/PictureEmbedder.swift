internal import ImagePreprocessing
internal import Synchronization

/// What makes vectors of pictures, and where.
protocol PictureEmbedder: Sendable {
    /// Makes of a picture's bytes what `embed` needs. Runs on a thread that may be kept busy.
    ///
    /// - Throws: `ImageError` for a picture that cannot be read.
    func prepare(_ bytes: [UInt8], withThumbnail: Bool) throws(ImageError) -> PreparedPicture

    /// The vectors of pictures, each embedded or refused for itself.
    ///
    /// - Throws: where it is no picture's fault.
    func embed(_ pictures: [PreparedPicture]) async throws -> [Result<[Float], InferRefusal>]
}

/// A picture between its file and its vector.
struct PreparedPicture: Sendable {
    enum Input: Sendable {
        /// Normalised values, `[3, size, size]`.
        case tensor([Float])
        /// The file's bytes.
        case encoded([UInt8])
    }

    var input: Input
    var header: ImageHeader?
    /// A small copy for showing.
    var thumbnail: [UInt8]?
}

/// Lets large pictures be decoded one at a time, since each takes hundreds of megabytes.
final class LargePictureGate: Sendable {
    static let largePixels = 8_000_000

    private let turn = Mutex(())

    func run<Value: Sendable>(_ header: ImageHeader?, _ body: () throws(ImageError) -> Value) throws(ImageError) -> Value {
        guard let header, header.width * header.height > Self.largePixels else { return try body() }
        return try turn.withLock { _ throws(ImageError) in try body() }
    }
}
