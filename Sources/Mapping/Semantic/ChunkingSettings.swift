public import JSON

/// How long texts are cut into parts that get a vector each: `chunking_settings` of a field or an endpoint.
///
/// Reference: https://www.elastic.co/docs/explore-analyze/elastic-inference/inference-api#infer-chunking-config
public struct ChunkingSettings: Equatable, Sendable {
    /// Where texts are cut. Raw values are Elasticsearch's names.
    public enum Strategy: String, Equatable, Sendable {
        /// So many words each, of which some are the last ones of the part before.
        case word
        /// Whole sentences, as many as there is room for.
        case sentence
        /// Parts between separators, which are tried one after the other.
        case recursive
        /// A text is one part.
        case none
    }

    public var strategy: Strategy
    /// Words of a part, at most.
    public var size: Int
    /// Words, or sentences, that a part has in common with the one before.
    public var overlap: Int
    /// Of `recursive`, the coarsest first: regular expressions in Java's syntax.
    public var separators: [String]

    public init(strategy: Strategy, size: Int = 250, overlap: Int = 0, separators: [String] = []) {
        self.strategy = strategy
        self.size = size
        self.overlap = overlap
        self.separators = separators
    }

    /// Elasticsearch's default: sentences of 250 words together, one of them twice.
    public static let standard = ChunkingSettings(strategy: .sentence, size: 250, overlap: 1)

    /// Elasticsearch's lists, by the names that `separator_group` takes.
    public static let separatorGroups = [
        "plaintext": ["\n\n", "\n"],
        "markdown": [
            "\n# ", "\n## ", "\n### ", "\n#### ", "\n##### ", "\n###### ", "\n^(?!\\s*$).*\\n-{1,}\\n", "\n^(?!\\s*$).*\\n={1,}\\n",
        ],
    ]

    /// Reads them as Elasticsearch does.
    ///
    /// - Throws: all that is wrong with them.
    public init(_ members: JSONMembers) throws(ChunkingFault) {
        guard let name = members["strategy"] else { throw .noStrategy }
        guard let strategy = name.string.flatMap({ Strategy(rawValue: $0.lowercased()) }) else { throw .unknownStrategy(name) }
        self.init(strategy: strategy)
        if strategy == .none { return }
        var reading = ChunkingReading(members)
        reading.refuseOthers(than: strategy)
        let size = reading.required("max_chunk_size", in: strategy == .sentence ? 20...Int(Int32.max) : 10...300)
        switch strategy {
        case .word: overlap = size.flatMap { reading.required("overlap", in: 0...$0 / 2) } ?? 0
        case .sentence:
            overlap = reading.int("sentence_overlap") ?? 1
            if !(0...1).contains(overlap) { reading.problems.append(.sentenceOverlap(overlap)) }
        case .recursive: separators = reading.separators()
        case .none: break
        }
        if !reading.problems.isEmpty { throw .invalid(reading.problems) }
        self.size = size ?? self.size
    }

    /// With what was left open.
    public var json: JSONMembers {
        var members: JSONMembers = ["strategy": .string(strategy.rawValue)]
        if strategy == .none { return members }
        members["max_chunk_size"] = .int(size)
        switch strategy {
        case .word: members["overlap"] = .int(overlap)
        case .sentence: members["sentence_overlap"] = .int(overlap)
        case .recursive: members["separators"] = .array(separators.map { .string($0) })
        case .none: break
        }
        return members
    }
}
