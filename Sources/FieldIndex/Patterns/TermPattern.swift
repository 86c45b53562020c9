/// What terms may look like.
public struct TermPattern: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case prefix
        case whole
        case wildcard
        case regexp(RegexpFlags, maximumStates: Int)
    }

    let kind: Kind
    let text: String
    /// Whether ASCII letters match in either case, as in Elasticsearch's `case_insensitive`.
    let ignoresCase: Bool

    /// Terms that begin with a text.
    public static func prefix(_ text: String, ignoringCase: Bool = false) -> TermPattern {
        TermPattern(kind: .prefix, text: text, ignoresCase: ignoringCase)
    }

    /// The term that is a text but for the case of ASCII letters.
    public static func ignoringCase(_ text: String) -> TermPattern {
        TermPattern(kind: .whole, text: text, ignoresCase: true)
    }

    /// `*` is any run of characters, `?` any single one, and `\` takes the next as it is.
    public static func wildcard(_ text: String, ignoringCase: Bool = false) -> TermPattern {
        TermPattern(kind: .wildcard, text: text, ignoresCase: ignoringCase)
    }

    /// A regular expression in Lucene's syntax, for whole terms.
    ///
    /// - Parameter maximumStates: of the automaton (`max_determinized_states`).
    /// - Throws: `TermPatternError` if it is malformed.
    public static func regexp(
        _ text: String, flags: RegexpFlags = .all, ignoringCase: Bool = false, maximumStates: Int = 10_000
    ) throws(TermPatternError) -> TermPattern {
        let pattern = TermPattern(
            kind: .regexp(flags, maximumStates: maximumStates), text: text, ignoresCase: ignoringCase)
        _ = try pattern.matcher()
        return pattern
    }

    func matcher() throws(TermPatternError) -> TermMatcher {
        switch kind {
        case .prefix: TermMatcher(prefix: text, ignoresCase: ignoresCase)
        case .whole: TermMatcher(whole: text)
        case .wildcard: TermMatcher(wildcard: text, ignoresCase: ignoresCase)
        case .regexp(let flags, let maximum):
            TermMatcher(
                regexp: try RegexpAutomaton(text, flags: flags, ignoresCase: ignoresCase, maximumStates: maximum))
        }
    }

    /// Whether a text as a whole looks like this.
    public func matches(_ text: String) throws(TermPatternError) -> Bool {
        var matcher = try matcher()
        let bytes = Array(text.utf8)
        return try bytes.withUnsafeBufferPointer { bytes throws(TermPatternError) in try matcher.matches(bytes) }
    }
}

public enum TermPatternError: Error, Equatable, Sendable {
    /// The regular expression cannot be read from this character on.
    case malformed(pattern: String, position: Int, reason: String)
    /// The automaton needs more states than it may have.
    case tooComplex(pattern: String, maximumStates: Int)
}

/// Compares terms with a pattern. What it learns from one helps with the next.
struct TermMatcher {
    private enum Kind {
        case prefix([UInt8])
        case whole([UInt8])
        case wildcard([WildcardPart])
        case regexp
    }

    private let kind: Kind
    private let ignoresCase: Bool
    private var automaton: RegexpAutomaton?
    /// What all terms that match begin with.
    let literalPrefix: [UInt8]

    init(prefix: String, ignoresCase: Bool) {
        let bytes = Array(prefix.utf8)
        kind = .prefix(ignoresCase ? bytes.map(\.folded) : bytes)
        literalPrefix = ignoresCase ? [] : bytes
        self.ignoresCase = ignoresCase
    }

    init(whole text: String) {
        kind = .whole(text.utf8.map(\.folded))
        literalPrefix = []
        ignoresCase = true
    }

    init(wildcard: String, ignoresCase: Bool) {
        let parts = WildcardPart.parts(of: wildcard, ignoresCase: ignoresCase)
        kind = .wildcard(parts)
        self.ignoresCase = ignoresCase
        var prefix: [UInt8] = []
        for part in parts {
            guard case .byte(let byte) = part, !ignoresCase else { break }
            prefix.append(byte)
        }
        literalPrefix = prefix
    }

    init(regexp: RegexpAutomaton) {
        kind = .regexp
        automaton = regexp
        literalPrefix = regexp.literalPrefix
        ignoresCase = false
    }

    mutating func matches(_ term: UnsafeBufferPointer<UInt8>) throws(TermPatternError) -> Bool {
        switch kind {
        case .prefix(let prefix):
            guard term.count >= prefix.count else { return false }
            return prefix.indices.allSatisfy { (ignoresCase ? term[$0].folded : term[$0]) == prefix[$0] }
        case .whole(let whole): return term.count == whole.count && whole.indices.allSatisfy { term[$0].folded == whole[$0] }
        case .wildcard(let parts): return WildcardPart.match(parts, term, ignoresCase: ignoresCase)
        case .regexp: return try automaton?.matches(term) ?? false
        }
    }
}

/// A part of a pattern with wildcards.
enum WildcardPart: Equatable {
    case byte(UInt8)
    /// One scalar.
    case any
    case run

    static func parts(of pattern: String, ignoresCase: Bool) -> [WildcardPart] {
        var parts: [WildcardPart] = []
        var isEscaped = false
        for scalar in pattern.unicodeScalars {
            switch scalar {
            case "\\" where !isEscaped:
                isEscaped = true
                continue
            case "*" where !isEscaped: if parts.last != .run { parts.append(.run) }
            case "?" where !isEscaped: parts.append(.any)
            default: parts += String(scalar).utf8.map { .byte(ignoresCase ? $0.folded : $0) }
            }
            isEscaped = false
        }
        if isEscaped { parts.append(.byte(UInt8(ascii: "\\"))) }
        return parts
    }

    /// - Complexity: O(parts · bytes) at worst: on a mismatch only the last run takes more.
    static func match(_ parts: [WildcardPart], _ term: UnsafeBufferPointer<UInt8>, ignoresCase: Bool) -> Bool {
        var (part, position) = (0, 0)
        var run: (part: Int, position: Int)?
        while position < term.count {
            if part < parts.count, parts[part] == .run {
                run = (part, position)
                part += 1
                continue
            }
            var length = 0
            if part < parts.count {
                switch parts[part] {
                case .byte(let byte): length = (ignoresCase ? term[position].folded : term[position]) == byte ? 1 : 0
                case .any:
                    length = 1
                    while position + length < term.count, term[position + length] & 0xC0 == 0x80 { length += 1 }
                case .run: break
                }
            }
            if length > 0 {
                part += 1
                position += length
            } else if let last = run {
                part = last.part + 1
                position = last.position + 1
                // A run takes whole scalars.
                while position < term.count, term[position] & 0xC0 == 0x80 { position += 1 }
                run = (last.part, position)
            } else {
                return false
            }
        }
        return parts[part...].allSatisfy { $0 == .run }
    }
}

extension UInt8 {
    /// ASCII capitals made small.
    var folded: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
