/// Hands out the tensors of a file by name and shape, and knows which nobody asked for.
struct TensorReader {
    let file: WeightFile
    private var taken: Set<String> = []

    init(_ file: WeightFile) { self.file = file }

    /// - Throws: `WeightsError.missing`, `.wrongShape`.
    mutating func tensor(_ name: String, _ shape: [Int]) throws(WeightsError) -> StoredTensor {
        guard let tensor = file.tensors[name] else { throw .missing(file: file.path, tensor: name) }
        guard tensor.shape == shape else {
            throw .wrongShape(file: file.path, tensor: name, expected: shape, found: tensor.shape)
        }
        taken.insert(name)
        return tensor
    }

    mutating func floats(_ name: String, _ shape: [Int]) throws(WeightsError) -> [Float] {
        try tensor(name, shape).floats()
    }

    /// - Parameter ignorable: Whether a tensor that was not asked for has no bearing on the encoder.
    /// - Throws: `WeightsError.unexpected`.
    func finish(ignoring ignorable: (String) -> Bool) throws(WeightsError) {
        let rest = file.tensors.keys.filter { !taken.contains($0) && !ignorable($0) }
        guard rest.isEmpty else { throw .unexpected(file: file.path, tensors: rest.sorted()) }
    }
}
