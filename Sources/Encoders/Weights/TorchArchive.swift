/// A checkpoint as `torch.save` writes it: a ZIP of `<name>/data.pkl` and one entry `<name>/data/<key>` for each storage.
enum TorchArchive {
    static func tensors(of file: MappedFile) throws(WeightsError) -> [String: StoredTensor] {
        let archive = try ZipArchive(file)
        let suffix = "/data.pkl"
        guard let pickle = archive.entries.values.filter({ $0.name.hasSuffix(suffix) }).min(by: { $0.name < $1.name })
        else { throw .damaged(file: file.path, .notTensors) }
        let prefix = pickle.name.dropLast(suffix.count)
        if let order = archive.entries["\(prefix)/byteorder"] {
            let isLittle = file.withBytes(in: order.bytes) { $0.elementsEqual("little".utf8) }
            guard isLittle else { throw .unsupported(file: file.path, .bigEndian) }
        }
        let described = try file.withBytes(in: pickle.bytes) { bytes throws(WeightsError) in
            try PickleMachine.tensors(bytes, file: file.path)
        }
        var tensors: [String: StoredTensor] = [:]
        for (name, tensor) in described {
            let storage = tensor.storage
            guard let entry = archive.entries["\(prefix)/data/\(storage.key)"] else {
                throw .missing(file: file.path, tensor: name)
            }
            let (size, overflow) = storage.count.multipliedReportingOverflow(by: storage.type.bytes)
            guard !overflow, size <= entry.bytes.count else { throw .outOfBounds(file: file.path, tensor: name) }
            let bytes = entry.bytes.lowerBound..<(entry.bytes.lowerBound + size)
            tensors[name] = try StoredTensor(
                name: name, type: storage.type, shape: tensor.shape, strides: tensor.strides, file: file, bytes: bytes,
                offset: tensor.offset)
        }
        return tensors
    }
}
