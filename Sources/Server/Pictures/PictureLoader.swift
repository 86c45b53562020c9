internal import ElasticsearchAPI
internal import ImagePreprocessing
internal import Inference
internal import Ingest
internal import JSON
internal import NIOPosix
internal import Threads

/// Gets the pictures that documents name: in themselves as data URIs, below the folders of the node's owner, or by a URL where
/// that is allowed.
struct PictureLoader: Sendable {
    private let roots: PictureRoots
    private let fetcher: PictureFetcher
    /// A request may name thousands, of which each is held whole while something is made of it.
    private let limiter = TaskLimiter(16)

    init(roots: PictureRoots = PictureRoots(), fetcher: PictureFetcher = PictureFetcher()) {
        self.roots = roots
        self.fetcher = fetcher
    }

    /// A picture's file, not decoded yet.
    ///
    /// - Throws: `DataURIError`, `ElasticsearchError`, `ImageError`.
    func picture(_ reference: String) async throws -> [UInt8] {
        let bytes: [UInt8]
        if reference.hasPrefix("data:") {
            bytes = try DataURI(reference).bytes
        } else if reference.contains("://") {
            do {
                bytes = try await fetcher.fetch(reference)
            } catch {
                throw error.response
            }
        } else {
            let found = try await NIOThreadPool.singleton.runIfActive { [roots] in roots.picture(at: reference) }
            guard let found else {
                throw ElasticsearchError.illegalArgument(
                    "there is no picture [\(reference.prefix(200))] below the folders of [path.pictures]")
            }
            bytes = found
        }
        // What is no picture by its first bytes goes no further, wherever it came from.
        _ = try ImageHeader(reading: bytes)
        return bytes
    }

    /// What is made of a picture's file; only a few pictures are held at a time, whoever asks.
    ///
    /// - Throws: as `picture`, and what `body` throws.
    func withPicture<Value: Sendable>(_ reference: String, _ body: ([UInt8]) async throws -> Value) async throws -> Value {
        try await limiter.run { try await body(try await picture(reference)) }
    }

    /// What the `image` processor wants to know of a picture.
    ///
    /// - Throws: as `picture`.
    @Sendable func properties(_ reference: String, _ properties: PictureProperties) async throws -> JSONMembers {
        try await withPicture(reference) { bytes in
            try await NIOThreadPool.singleton.runIfActive { try PictureFacts(bytes, properties).members }
        }
    }
}
