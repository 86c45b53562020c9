internal import Files
internal import ImagePreprocessing
internal import JSON

/// What each step of a picture's way into an index takes of the processor, measured on one thread and without the others.
struct ImportStages: Sendable {
    /// Processor milliseconds a picture.
    private(set) var times: [(stage: String, milliseconds: Double)] = []
    /// The pictures that could be read: their bytes, and what the encoder gets of them.
    private(set) var files: [[UInt8]] = []
    private(set) var tensors: [[Float]] = []

    /// - Parameters:
    ///   - decoder: makes `isDraft` what it is in the import.
    ///   - sendsImages: whether documents' pictures go to the node as text.
    init(_ paths: [String], _ embedder: LocalEmbedder, makesCopies: Bool, sendsImages: Bool) {
        var spent: [String: Duration] = [:], order: [String] = []
        func measure<Value>(_ stage: String, _ body: () throws -> Value) rethrows -> Value {
            let start = ProcessorTime.ofThread
            defer {
                if spent[stage] == nil { order.append(stage) }
                spent[stage, default: .zero] += ProcessorTime.ofThread - start
            }
            return try body()
        }
        for path in paths {
            guard let bytes = try? measure("reading", { try File.contents(of: path) }) else { continue }
            let hash = measure("hashing", { ImportedImage.hash(bytes) })
            guard let image = try? measure("decoding", { try embedder.decode(bytes) }) else { continue }
            let values = measure("fitting", { embedder.tensor(of: image) })
            if makesCopies { _ = measure("small copies", { try? Thumbnail(of: bytes, decoded: image) }) }
            if sendsImages { _ = measure("base64", { ImportedImage.dataURI(bytes) }) }
            measure("documents' JSON") {
                let picture = ImportedImage(.init(relativePath: path, path: path), captions: [:], signature: nil, imageHash: hash)
                let content = PictureContent(embedding: Array(values.prefix(embedder.dimensions)))
                _ = picture.document(content, folderID: hash).serialized()
            }
            files.append(bytes)
            tensors.append(values)
        }
        times = order.map { ($0, (spent[$0] ?? .zero) / .milliseconds(1) / Double(max(1, files.count))) }
    }
}
