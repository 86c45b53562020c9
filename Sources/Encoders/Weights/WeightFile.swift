internal import Files

/// The tensors of one file, whichever format it has, or of several that an index holds together.
public struct WeightFile: Sendable {
    /// Where the file lies, or the index, for messages.
    public let path: String
    /// The tensors by name.
    public let tensors: [String: StoredTensor]

    /// Maps the file at `path` and reads its directory of tensors: safetensors, their index, or a torch archive. In an archive with code
    /// (`torch.jit.save`), tensors go by the names that our encoders know them by, whatever the code calls them.
    ///
    /// - Complexity: O(*tensors*); no weight is read.
    /// - Throws: `WeightsError`.
    public init(path: String) throws(WeightsError) {
        let file = try WeightsError.wrapping(MappedFile(path: path))
        self.path = path
        self.tensors =
            if path.hasSuffix("/" + Self.indexName) {
                try WeightIndex(file).tensors()
            } else if ZipArchive.isArchive(file) {
                try Self.tensors(of: TorchArchive(file))
            } else if SafetensorsHeader.isLikely(file) {
                try SafetensorsHeader.tensors(of: file)
            } else {
                throw .unknownFormat(file: path)
            }
    }

    /// What the index of safetensors in several files is called.
    static let indexName = "model.safetensors.index.json"

    private static func tensors(of archive: TorchArchive) throws(WeightsError) -> [String: StoredTensor] {
        archive.isScript ? try TorchScriptModel(archive).tensors : try archive.tensors()
    }
}
