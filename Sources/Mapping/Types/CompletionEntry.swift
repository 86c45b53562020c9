/// One input of a `completion` field as the index holds it: a term that begins with what prefixes are compared with.
///
/// The words, cut by the field's analyzer and joined; behind a 0 the weight, the input as it was written, and its contexts.
public struct CompletionEntry: Equatable, Sendable {
    /// A context of an input, or one that a suggestion is wanted in.
    public struct Context: Equatable, Hashable, Sendable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Between the words of an input.
    public static let separator = "\u{1F}"
    private static let end: Character = "\u{0}"
    private static let part: Character = "\u{1}"

    public var words: String
    public var weight: Int
    public var input: String
    public var contexts: [Context]

    public init(words: String, weight: Int, input: String, contexts: [Context] = []) {
        self.words = words
        self.weight = weight
        self.input = input
        self.contexts = contexts
    }

    public var term: String {
        var parts = [String(weight), input]
        for context in contexts { parts += [context.name, context.value] }
        return words + String(Self.end) + parts.joined(separator: String(Self.part))
    }

    /// Nil for what is no such term.
    public init?(term: String) {
        let halves = term.split(separator: Self.end, maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        let parts = halves[1].split(separator: Self.part, omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2, parts.count % 2 == 0, let weight = Int(parts[0]) else { return nil }
        self.init(words: String(halves[0]), weight: weight, input: parts[1])
        contexts = stride(from: 2, to: parts.count, by: 2).map { Context(name: parts[$0], value: parts[$0 + 1]) }
    }
}
