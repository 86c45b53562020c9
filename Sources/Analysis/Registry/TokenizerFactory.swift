/// Makes tokenizers of their settings.
enum TokenizerFactory {
    /// Nil for a type that is not known.
    ///
    /// - Throws: `AnalysisError` for settings that the tokenizer does not take.
    static func make(
        _ type: String, _ settings: ComponentSettings, _ limits: AnalysisLimits
    ) throws(AnalysisError) -> (any Tokenizer)? {
        switch type {
        case "standard": StandardTokenizer(maximumLength: try maximumLength(settings))
        case "letter": CharacterTokenizer(accepts: CharacterKind.isLetter, maximumLength: try maximumLength(settings))
        case "lowercase":
            CharacterTokenizer(accepts: CharacterKind.isLetter, lowercases: true, maximumLength: try maximumLength(settings))
        case "whitespace":
            CharacterTokenizer(accepts: { !CharacterKind.isSpace($0) }, maximumLength: try maximumLength(settings))
        case "keyword": KeywordTokenizer()
        case "pattern": try pattern(settings)
        case "simple_pattern": PatternTokenizer(pattern: try settings.pattern("pattern", default: ""), group: 0)
        case "simple_pattern_split": PatternTokenizer(pattern: try settings.pattern("pattern", default: ""), group: nil)
        case "ngram": try ngram(settings, limits)
        case "edge_ngram": try ngram(settings, nil)
        case "path_hierarchy", "PathHierarchy": try pathHierarchy(settings)
        case "char_group": try charGroup(settings)
        default: nil
        }
    }

    private static func maximumLength(_ settings: ComponentSettings) throws(AnalysisError) -> Int {
        let length = try settings.int("max_token_length", default: 255)
        guard 1...1_048_576 ~= length else {
            throw settings.invalid("max_token_length", "maxTokenLen must be greater than 0 and less than 1048576 passed: \(length)")
        }
        return length
    }

    private static func pattern(_ settings: ComponentSettings) throws(AnalysisError) -> PatternTokenizer {
        let pattern = try settings.pattern("pattern", default: "\\W+")
        let group = try settings.int("group", default: -1)
        guard group <= pattern.groupCount else {
            throw settings.invalid(
                "group", "invalid group specified: pattern only has: \(pattern.groupCount) capturing groups")
        }
        return PatternTokenizer(pattern: pattern, group: group < 0 ? nil : group)
    }

    /// - Parameter limits: nil where the difference of the sizes has no limit.
    private static func ngram(_ settings: ComponentSettings, _ limits: AnalysisLimits?) throws(AnalysisError) -> NGramTokenizer {
        let sizes = try NGramSizes(settings, limits, "NGram Tokenizer")
        return NGramTokenizer(
            minimum: sizes.minimum, maximum: sizes.maximum, isEdge: limits == nil, accepts: try tokenCharacters(settings))
    }

    private static func tokenCharacters(_ settings: ComponentSettings) throws(AnalysisError) -> (@Sendable (UInt32) -> Bool)? {
        guard let names = settings.strings("token_chars"), !names.isEmpty else { return nil }
        var kinds: [@Sendable (UInt32) -> Bool] = []
        for name in names {
            switch name.lowercased() {
            case "letter": kinds.append(CharacterKind.isLetter)
            case "digit": kinds.append(CharacterKind.isDigit)
            case "whitespace": kinds.append(CharacterKind.isSpace)
            case "punctuation": kinds.append(CharacterKind.isPunctuation)
            case "symbol": kinds.append(CharacterKind.isSymbol)
            case "custom":
                let characters = Set((settings.string("custom_token_chars") ?? "").unicodeScalars.map(\.value))
                guard !characters.isEmpty else {
                    throw settings.invalid("custom_token_chars", "Token type: 'custom' requires setting `custom_token_chars`")
                }
                kinds.append { characters.contains($0) }
            default:
                throw settings.invalid(
                    "token_chars",
                    "Unknown token type: '\(name.lowercased())', must be one of [symbol, digit, letter, punctuation, whitespace, custom]")
            }
        }
        return { [kinds] scalar in kinds.contains { $0(scalar) } }
    }

    private static func pathHierarchy(_ settings: ComponentSettings) throws(AnalysisError) -> PathHierarchyTokenizer {
        func single(_ key: String, _ standard: String) throws(AnalysisError) -> [UInt8] {
            let text = settings.string(key) ?? standard
            guard text.unicodeScalars.count == 1 else {
                throw settings.invalid(key, "\(key) must be a one char value")
            }
            return Array(text.utf8)
        }
        let delimiter = try single("delimiter", "/")
        // One byte is what all delimiters of paths and names take.
        guard let byte = delimiter.first, delimiter.count == 1 else { throw settings.invalid("delimiter", "delimiter must be ASCII") }
        let skip = try settings.int("skip", default: 0, atLeast: 0, "skip cannot be negative")
        return PathHierarchyTokenizer(
            delimiter: byte, replacement: try single("replacement", settings.string("delimiter") ?? "/"), skip: skip,
            isReversed: try settings.bool("reverse", default: false))
    }

    private static func charGroup(_ settings: ComponentSettings) throws(AnalysisError) -> CharacterTokenizer {
        let names: [String] =
            switch settings.values["tokenize_on_chars"] {
            case .strings(let texts): texts
            case .string(let text): [text]
            case nil: []
            }
        var kinds: [@Sendable (UInt32) -> Bool] = [], characters = Set<UInt32>()
        for name in names {
            switch name {
            case "letter": kinds.append(CharacterKind.isLetter)
            case "digit": kinds.append(CharacterKind.isDigit)
            case "whitespace": kinds.append(CharacterKind.isSpace)
            case "punctuation": kinds.append(CharacterKind.isPunctuation)
            case "symbol": kinds.append(CharacterKind.isSymbol)
            case "cjk": kinds.append { [.han, .hiragana, .katakana, .hangul].contains(WordClass.of($0).kind) }
            default: characters.insert(try character(name, settings))
            }
        }
        return CharacterTokenizer(
            accepts: { [kinds, characters] scalar in !characters.contains(scalar) && !kinds.contains { $0(scalar) } },
            maximumLength: try maximumLength(settings))
    }

    /// One character, or its escape.
    private static func character(_ name: String, _ settings: ComponentSettings) throws(AnalysisError) -> UInt32 {
        let scalars = name.unicodeScalars.map(\.value)
        if scalars.count == 1 { return scalars[0] }
        let escapes: [String: UInt32] = ["\\\\": 0x5C, "\\n": 0x0A, "\\t": 0x09, "\\r": 0x0D, "\\b": 0x08, "\\f": 0x0C]
        if let scalar = escapes[name] { return scalar }
        if name.hasPrefix("\\u"), scalars.count == 6, let value = UInt32(name.dropFirst(2), radix: 16) { return value }
        throw settings.invalid("tokenize_on_chars", "Invalid escaped char in [\(name)]")
    }
}

/// The sizes of pieces.
struct NGramSizes {
    let minimum: Int
    let maximum: Int

    init(_ settings: ComponentSettings, _ limits: AnalysisLimits?, _ what: String) throws(AnalysisError) {
        minimum = try settings.int("min_gram", default: 1, atLeast: 1, "minGram must be greater than zero")
        maximum = try settings.int("max_gram", default: 2)
        guard minimum <= maximum else { throw settings.invalid("max_gram", "minGram must not be greater than maxGram") }
        if let limits, maximum - minimum > limits.nGramDifference {
            throw settings.invalid(
                "max_gram",
                "The difference between max_gram and min_gram in \(what) must be less than or equal to: "
                    + "[\(limits.nGramDifference)] but was [\(maximum - minimum)]. This limit can be set by changing the "
                    + "[index.max_ngram_diff] index level setting.")
        }
    }
}

/// What an index's settings limit of its components.
public struct AnalysisLimits: Equatable, Sendable {
    /// `index.max_ngram_diff`
    public var nGramDifference = 1
    /// `index.max_shingle_diff`
    public var shingleDifference = 3

    public init() {}
}
