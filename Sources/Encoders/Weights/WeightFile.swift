/// The tensors of one file, whichever format it has.
public struct WeightFile: Sendable {
    /// Where the file lies, for messages.
    public let path: String
    /// The tensors by name.
    public let tensors: [String: StoredTensor]

    /// Maps the file at `path` and reads its directory of tensors: safetensors, or a torch archive (`torch.save`).
    ///
    /// - Complexity: O(*tensors*); no weight is read.
    /// - Throws: `WeightsError`.
    public init(path: String) throws(WeightsError) {
        let file = try MappedFile(path: path)
        self.path = path
        self.tensors =
            if ZipArchive.isArchive(file) {
                try TorchArchive.tensors(of: file)
            } else if SafetensorsHeader.isLikely(file) {
                try SafetensorsHeader.tensors(of: file)
            } else {
                throw .unknownFormat(file: path)
            }
    }
}
