internal import Files

/// A checkpoint as `torch.save` writes it: a ZIP of `<name>/data.pkl` and one entry `<name>/data/<key>` for each storage.
struct TorchArchive {
    let file: MappedFile
    private let zip: ZipArchive
    /// The folder that everything lies in.
    private let root: Substring

    init(_ file: MappedFile) throws(WeightsError) {
        let zip = try ZipArchive(file), suffix = "/data.pkl"
        let pickles = zip.entries.keys.filter { $0.hasSuffix(suffix) }
        guard let pickle = pickles.min(by: { ($0.utf8.count, $0) < ($1.utf8.count, $1) }) else {
            throw .damaged(file: file.path, .notTensors)
        }
        self.file = file
        self.zip = zip
        self.root = pickle.dropLast(suffix.count)
        if let order = entry("byteorder") {
            guard try zip.contents(of: order).elementsEqual("little".utf8) else {
                throw .unsupported(file: file.path, .bigEndian)
            }
        }
    }

    /// Whether the archive has code and constants, which `torch.jit.save` adds.
    var isScript: Bool { entry("constants.pkl") != nil }

    private func entry(_ name: String) -> ZipArchive.Entry? { zip.entries["\(root)/\(name)"] }

    /// The contents of a small entry; nil if there is none of this name.
    func contents(_ name: String) throws(WeightsError) -> [UInt8]? {
        guard let entry = entry(name) else { return nil }
        return try zip.contents(of: entry)
    }

    /// The tensors of a checkpoint by name.
    func tensors() throws(WeightsError) -> [String: StoredTensor] {
        guard let pickle = entry("data.pkl") else { throw .damaged(file: file.path, .notTensors) }
        let described = try file.withBytes(in: zip.place(of: pickle)) { bytes throws(WeightsError) in
            try PickleMachine.tensors(bytes, file: file.path)
        }
        var tensors: [String: StoredTensor] = [:]
        for (name, tensor) in described { tensors[name] = try stored(tensor, name: name) }
        return tensors
    }

    /// The place of a tensor in the file.
    func stored(_ tensor: TorchTensor, name: String) throws(WeightsError) -> StoredTensor {
        let storage = tensor.storage
        guard let entry = entry(storage.entry) else { throw .missing(file: file.path, tensor: name) }
        let place = try zip.place(of: entry)
        let (size, overflow) = storage.count.multipliedReportingOverflow(by: storage.type.bytes)
        guard !overflow, size <= place.count else { throw .outOfBounds(file: file.path, tensor: name) }
        let stored = try StoredTensor(
            name: name, type: storage.type, shape: tensor.shape, strides: tensor.strides, file: file,
            bytes: place.lowerBound..<(place.lowerBound + size), offset: tensor.offset)
        switch tensor.quantisation {
        case nil: return stored
        case .tensor(let scale, let zeroPoint):
            return try stored.quantised(.init(scales: [scale], zeroPoints: [Double(zeroPoint)]))
        case .rows(let scales, let zeroPoints):
            return try stored.quantised(
                .init(
                    scales: try self.stored(scales, name: name).numbers(),
                    zeroPoints: try self.stored(zeroPoints, name: name).numbers()))
        }
    }
}
