/// The files of a repository that running the model takes: of the several forms that weights are stored in, one.
public struct FileSelection: Equatable, Sendable {
    /// Everything but the weights: small files, which tell whether the model can be run.
    public let descriptions: [HubFile]
    public let weights: [HubFile]

    public var all: [HubFile] { descriptions + weights }

    public var bytes: Int { all.reduce(0) { $0 + $1.size } }

    /// Whether the weights of some part are in several files of torch's format, which no encoder puts together.
    public var hasSplitTorchWeights: Bool { weights.contains { $0.name.hasSuffix(".bin.index.json") } }

    /// Larger than any vocabulary.
    static let largestDescription = 128 << 20
    static let largestWeights = 64 << 30

    private static let names: Set<Substring> = [
        "config.json", "config_sentence_transformers.json", "sentence_bert_config.json", "modules.json",
        "preprocessor_config.json", "processor_config.json",
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json",
        "vocab.json", "vocab.txt", "merges.txt", "spiece.model", "sentencepiece.bpe.model", "tokenizer.model",
    ]
    /// In the order of preference.
    private static let weightNames = [("model", "safetensors"), ("pytorch_model", "bin")]
    private static let weightSuffixes = [".safetensors", ".bin", ".onnx", ".h5", ".msgpack", ".ot", ".pt", ".gguf"]

    /// - Throws: `HubError.noWeights`, `.unsafePath`, `.tooLarge`.
    init(_ tree: [HubFile], of model: RepositoryName) throws(HubError) {
        var files: [String: HubFile] = [:]
        for file in tree {
            guard Self.isBelow(file.path) else { throw .unsafePath(file.path) }
            files[file.path] = file
        }
        let isWhole = files["config.json"] != nil || files["modules.json"] != nil
        var descriptions: [HubFile] = [], weights: [HubFile] = []
        // A model that has nothing at the top may consist of one for texts and one for pictures.
        for root in isWhole ? [""] : ["text", "image"] {
            let folders = Dictionary(grouping: files.values, by: \.folder).filter { Self.belongs($0.key, to: root) }
            descriptions += folders.values.joined().filter { Self.names.contains($0.name) }
            var weightsOfFolders = folders.mapValues(Self.weights)
            // sentence-transformers' first module lies at the top or in a folder of its own; repositories that were
            // converted once may have its weights in both.
            let first = root.isEmpty ? "0_" : "\(root)/0_"
            if weightsOfFolders.contains(where: { $0.key.hasPrefix(first) && !$0.value.isEmpty }) {
                weightsOfFolders[root[...]] = nil
            }
            weights += weightsOfFolders.values.joined()
        }
        self.descriptions = descriptions.sorted { $0.path < $1.path }
        self.weights = weights.sorted { $0.path < $1.path }
        for file in descriptions { try Self.check(file, limit: Self.largestDescription) }
        for file in weights { try Self.check(file, limit: Self.largestWeights) }
        if weights.isEmpty {
            let found = files.keys.filter { path in Self.weightSuffixes.contains { path.hasSuffix($0) } }
            throw .noWeights(model, found: Array(found.sorted().prefix(5)))
        }
    }

    /// The weights among the files of one folder: in one file if there is one, or else in several with their index.
    private static func weights(_ files: [HubFile]) -> [HubFile] {
        for (stem, suffix) in weightNames {
            if let whole = files.first(where: { $0.name == "\(stem).\(suffix)" }) { return [whole] }
        }
        for (stem, suffix) in weightNames {
            guard let index = files.first(where: { $0.name == "\(stem).\(suffix).index.json" }) else { continue }
            let parts = files.filter { isPart($0.name, stem, suffix) }
            if !parts.isEmpty { return parts + [index] }
        }
        return []
    }

    /// `model-00001-of-00002.safetensors`.
    private static func isPart(_ name: Substring, _ stem: String, _ suffix: String) -> Bool {
        guard name.hasPrefix("\(stem)-"), name.hasSuffix(".\(suffix)") else { return false }
        let numbers = name.dropFirst(stem.utf8.count + 1).dropLast(suffix.utf8.count + 1).split(separator: "-")
        return numbers.count == 3 && numbers[1] == "of" && isNumber(numbers[0]) && isNumber(numbers[2])
    }

    /// Whether a folder is `root`, or a module of sentence-transformers in it: `1_Pooling`.
    private static func belongs(_ folder: Substring, to root: String) -> Bool {
        if folder == root { return true }
        guard root.isEmpty || folder.hasPrefix("\(root)/") else { return false }
        let parts = folder.dropFirst(root.isEmpty ? 0 : root.utf8.count + 1)
            .split(separator: "_", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 && isNumber(parts[0]) && !parts[1].isEmpty
            && parts[1].utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) }
    }

    private static func isNumber(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func check(_ file: HubFile, limit: Int) throws(HubError) {
        guard file.size <= limit else { throw .tooLarge(path: file.path, bytes: file.size, limit: limit) }
    }

    /// Whether a path stays below the folder that it is appended to. No repository can hold another; who lists one is no
    /// hub to take anything from.
    private static func isBelow(_ path: String) -> Bool {
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !["", ".", ".."].contains($0) }
            && !path.utf8.contains(0)
    }
}
