internal import Analysis
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

    /// - Throws: `SemanticProblem`.
    public init(_ members: JSONMembers) throws(SemanticProblem) {
        guard let name = members["strategy"]?.string else { throw .missingChunkingSetting("strategy") }
        guard let strategy = Strategy(rawValue: name.lowercased()) else { throw .unknownStrategy(name) }
        self.init(strategy: strategy)
        let known: Set<String> =
            switch strategy {
            case .word: ["strategy", "max_chunk_size", "overlap"]
            case .sentence: ["strategy", "max_chunk_size", "sentence_overlap"]
            case .recursive: ["strategy", "max_chunk_size", "separators", "separator_group"]
            case .none: ["strategy"]
            }
        let unknown = members.map(\.key).filter { !known.contains($0) }
        guard unknown.isEmpty else { throw .unknownChunkingSettings(unknown, strategy: strategy.rawValue) }
        if strategy == .none { return }
        size = try Self.integer("max_chunk_size", members, strategy == .sentence ? 20...Int(Int32.max) : 10...300)
        switch strategy {
        case .word: overlap = try Self.integer("overlap", members, 0...size / 2)
        case .sentence: overlap = members["sentence_overlap"] == nil ? 1 : try Self.integer("sentence_overlap", members, 0...1)
        case .recursive:
            if let given = members["separators"]?.array {
                separators = given.compactMap(\.string)
                try Self.check(separators: separators)
            } else {
                let group = members["separator_group"]?.string ?? "plaintext"
                guard let known = Self.separatorGroups[group.lowercased()] else { throw .unknownStrategy(group) }
                separators = known
            }
        case .none: break
        }
    }

    /// Refuses what cannot be searched for. Two of Elasticsearch's own separators look ahead, but are found in no text: they ask for
    /// the beginning of the text behind a line's end.
    ///
    /// - Throws: `SemanticProblem.unsupportedSeparator`.
    public static func check(separators: [String]) throws(SemanticProblem) {
        let known = Set(separatorGroups.values.joined())
        for separator in separators where !known.contains(separator) {
            do {
                _ = try SearchPattern(separator)
            } catch {
                switch error {
                case .unsupportedPattern(_, let reason): throw .unsupportedSeparator(separator, reason: reason)
                default: throw .unsupportedSeparator(separator, reason: "cannot be read")
                }
            }
        }
    }

    private static func integer(
        _ name: String, _ members: JSONMembers, _ allowed: ClosedRange<Int>
    ) throws(SemanticProblem) -> Int {
        guard let value = members[name] else { throw .missingChunkingSetting(name) }
        guard case .int(let number) = value, allowed.contains(number) else {
            throw .chunkingOutOfRange(setting: name, value: value, allowed: allowed)
        }
        return number
    }
}
