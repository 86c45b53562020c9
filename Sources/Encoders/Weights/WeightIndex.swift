internal import Files

internal import JSON

/// `model.safetensors.index.json`: which of several files beside it has which tensor.
///
/// Source: https://huggingface.co/docs/safetensors, "Sharded weights"; transformers, `save_pretrained`.
struct WeightIndex {
    static let maximumBytes = 64 << 20
    static let maximumFiles = 1024

    private let path: String
    /// The names of tensors by that of their file.
    private let places: [String: Set<String>]

    /// - Throws: `WeightsError.damaged`; at the tensor whose entry is wrong, or as a whole.
    init(_ file: MappedFile) throws(WeightsError) {
        path = file.path
        func malformed(_ tensor: String?) -> WeightsError { .damaged(file: file.path, .malformedHeader(tensor: tensor)) }
        guard file.count <= Self.maximumBytes else {
            throw .damaged(file: file.path, .headerTooLarge(bytes: UInt64(file.count)))
        }
        let document: JSONDocument
        do {
            document = try file.withBytes(in: 0..<file.count) { bytes throws(JSONError) in try JSONDocument(parsing: bytes) }
        } catch {
            throw malformed(nil)
        }
        guard let map = document.root.object?["weight_map"]?.object else { throw malformed(nil) }
        if let twice = map.duplicateKey { throw malformed(twice) }
        var places: [String: Set<String>] = [:]
        for (tensor, name) in map {
            // A part lies beside its index, and nowhere else.
            guard let name = name.string, name.hasSuffix(".safetensors"), !name.contains("/"), !name.utf8.contains(0) else {
                throw malformed(tensor)
            }
            places[name, default: []].insert(tensor)
        }
        guard !places.isEmpty, places.count <= Self.maximumFiles else { throw malformed(nil) }
        self.places = places
    }

    /// Where the parts lie.
    var files: [String] { places.keys.sorted().map(place) }

    /// Maps every part.
    ///
    /// - Throws: `WeightsError.missing`, `.unexpected` where index and part do not agree; what a part throws.
    func tensors() throws(WeightsError) -> [String: StoredTensor] {
        var all: [String: StoredTensor] = [:]
        for (name, expected) in places.sorted(by: { $0.key < $1.key }) {
            let file = try WeightsError.wrapping(MappedFile(path: place(name)))
            let part = try SafetensorsHeader.tensors(of: file)
            if let absent = expected.filter({ part[$0] == nil }).min() { throw .missing(file: place(name), tensor: absent) }
            let rest = part.keys.filter { !expected.contains($0) }
            guard rest.isEmpty else { throw .unexpected(file: place(name), tensors: rest.sorted()) }
            all.merge(part) { first, _ in first }
        }
        return all
    }

    private func place(_ name: String) -> String {
        Path.join(Path.parent(of: path), name)
    }
}

extension ModelLayout {
    /// Every file that holds weights of a side, once. Of an index that cannot be read there is the index alone.
    ///
    /// - Complexity: One pass over the indices.
    public var weightFiles: Set<String> {
        var files: Set<String> = []
        for file in [text?.weights, image?.weights].compactMap({ $0 }) where files.insert(file).inserted {
            guard file.hasSuffix("/" + WeightFile.indexName) else { continue }
            if let index = try? WeightIndex(MappedFile(path: file)) { files.formUnion(index.files) }
        }
        return files
    }
}
