/// A regular expression in Java's syntax, matched in time linear in text and pattern: all ways go on side by side, the
/// better first, so that the match is the one that backtracking finds.
///
/// What needs backtracking (look-around, back references, possessive quantifiers) is refused.
///
/// Source: https://swtch.com/~rsc/regexp/regexp2.html
struct Pattern: Sendable {
    /// A match and its groups; group 0 is the whole.
    struct Match: Equatable, Sendable {
        var groups: [Range<Int>?]
        var range: Range<Int> { groups.first.flatMap { $0 } ?? 0..<0 }
    }

    let text: String
    let program: PatternProgram

    /// - Throws: `AnalysisError.unsupportedPattern`.
    init(_ text: String, flags: PatternFlags = PatternFlags()) throws(AnalysisError) {
        self.text = text
        var parser = PatternParser(text, flags: flags)
        program = try PatternProgram(try parser.parse(), groups: parser.groupCount, names: parser.groupNames, text: text)
    }

    var groupCount: Int { program.groupCount }

    /// All matches from left to right that do not overlap.
    ///
    /// - Complexity: O(*n* · *m*) in text and pattern for one match; all together take at most so many steps as
    ///   `PatternMatcher.maximumSteps` says.
    /// - Throws: `AnalysisError.patternTooExpensive`.
    func matches(in subject: PatternSubject) throws(AnalysisError) -> [Match] {
        var matcher = PatternMatcher(program, subject)
        var matches: [Match] = [], at = 0
        while at <= subject.count, let match = try matcher.firstMatch(from: at) {
            matches.append(match)
            at = match.range.isEmpty ? match.range.upperBound + 1 : match.range.upperBound
        }
        return matches
    }

    /// Whether the whole text matches.
    ///
    /// - Throws: `AnalysisError.patternTooExpensive`.
    func matchesWhole(_ text: String) throws(AnalysisError) -> Bool {
        let subject = PatternSubject(Array(text.utf8))
        var matcher = PatternMatcher(program, subject)
        return try matcher.firstMatch(from: 0, wholeOnly: true) != nil
    }
}

/// A text as patterns read it: its scalars.
struct PatternSubject: Sendable {
    let scalars: [UInt32]
    private let offsets: [Int32]

    init(_ bytes: [UInt8]) {
        var scalars: [UInt32] = [], offsets: [Int32] = [0], index = 0
        scalars.reserveCapacity(bytes.count)
        while index < bytes.count {
            let (scalar, length) = UTF8Scalars.scalar(bytes, at: index)
            scalars.append(scalar)
            offsets.append((offsets.last ?? 0) &+ Int32(UTF8Scalars.utf16Length(ofBytes: length)))
            index += length
        }
        self.scalars = scalars
        self.offsets = offsets
    }

    var count: Int { scalars.count }

    /// UTF-16 code units before a scalar.
    func utf16Offset(_ index: Int) -> Int { Int(offsets[index]) }

    func string(_ range: Range<Int>) -> String { String(decoding: bytes(range), as: UTF8.self) }

    func bytes(_ range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        for scalar in scalars[range] { UTF8Scalars.append(scalar, to: &bytes) }
        return bytes
    }
}

/// What `flags` of pattern components may say.
struct PatternFlags: Sendable {
    var ignoresCase = false
    var dotMatchesAll = false
    var isMultiline = false
    var allowsComments = false
    var isLiteral = false

    init() {}

    /// Reads `"CASE_INSENSITIVE|COMMENTS"`.
    ///
    /// - Throws: `AnalysisError.invalidSetting`.
    init(_ text: String, component: String) throws(AnalysisError) {
        for name in text.split(separator: "|") {
            switch name.uppercased() {
            case "CASE_INSENSITIVE": ignoresCase = true
            case "DOTALL": dotMatchesAll = true
            case "MULTILINE": isMultiline = true
            case "COMMENTS": allowsComments = true
            case "LITERAL": isLiteral = true
            // Classes and cases are always Unicode's here.
            case "UNICODE_CASE", "UNICODE_CHAR_CLASS", "UNICODE_CHARACTER_CLASS", "UNIX_LINES", "CANON_EQ": break
            default: throw .invalidSetting(component: component, setting: "flags", reason: "Unknown regex flag [\(name)]")
            }
        }
    }
}
