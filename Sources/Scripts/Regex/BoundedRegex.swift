/// A regular expression in Java's notation that is matched in a bounded number of steps.
///
/// By backtracking on a stack of its own, so that references, look-around and atomic groups work as in Java; who matches says
/// how many steps it may take, since some expressions take exponentially many.
public struct BoundedRegex: Equatable, Sendable {
    /// More steps than were allowed.
    public struct TooSlow: Error {}

    public let source: String
    public let groupCount: Int
    public let groupNames: [String: Int]
    let program: [RegexInstruction]
    let ignoresCase: Bool

    /// - Parameter flags: of `/…/`: `i` ignores case, `m` and `s` as in Java.
    /// - Returns: nil for an expression that is malformed or not understood.
    /// - Complexity: O(*n*), times the counts of repetitions.
    public init?(_ source: String, flags: String = "") {
        var parser = RegexParser(source)
        for flag in flags {
            switch flag {
            case "i": parser.ignoresCase = true
            case "m": parser.isMultiline = true
            case "s": parser.matchesNewlines = true
            case "x": parser.skipsBlanks = true
            case "u", "U", "c", "l": break
            default: return nil
            }
        }
        var compiler = RegexCompiler()
        // `(?i)` anywhere at the outermost level ignores case everywhere.
        guard let node = parser.parse(), compiler.compile(node) else { return nil }
        self.source = source
        groupCount = parser.groupCount
        groupNames = parser.names
        ignoresCase = parser.ignoresCase
        program = compiler.program + [.match]
    }

    /// The first match from a position on: the ranges of the whole and of each group.
    ///
    /// - Throws: `TooSlow`.
    public func firstMatch(
        _ text: [Unicode.Scalar], from start: Int = 0, _ steps: inout Int
    ) throws(TooSlow) -> [Range<Int>?]? {
        for position in start...max(start, text.count) {
            if let groups = try match(text, at: position, isWhole: false, &steps) { return groups }
        }
        return nil
    }

    /// The groups if all of the text matches.
    ///
    /// - Throws: `TooSlow`.
    public func wholeMatch(_ text: [Unicode.Scalar], _ steps: inout Int) throws(TooSlow) -> [Range<Int>?]? {
        try match(text, at: 0, isWhole: true, &steps)
    }

    private func match(
        _ text: [Unicode.Scalar], at start: Int, isWhole: Bool, _ steps: inout Int
    ) throws(TooSlow) -> [Range<Int>?]? {
        var matcher = RegexMatcher(regex: self, text: text, isWhole: isWhole, steps: steps)
        defer { steps = matcher.steps }
        guard let end = try matcher.run(from: start) else { return nil }
        var groups: [Range<Int>?] = [start..<end]
        for number in 0..<groupCount {
            let low = matcher.slot(2 * number), high = matcher.slot(2 * number + 1)
            groups.append(low >= 0 && high >= low ? low..<high : nil)
        }
        return groups
    }

    /// Characters as they are matched, as a text again.
    public static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    /// The text with every match, or the first, replaced; `$1` and `${name}` stand for groups.
    ///
    /// - Throws: `TooSlow`, also where the result would have more than `bytes`.
    public func replacing(
        _ text: String, with replacement: String, onlyFirst: Bool = false, steps: Int, bytes: Int = 64 << 20
    ) throws(TooSlow) -> String {
        let scalars = Array(text.unicodeScalars), pieces = Array(replacement.unicodeScalars)
        var result = String.UnicodeScalarView(), position = 0, copied = 0, steps = steps, made = 0
        while position <= scalars.count, let groups = try firstMatch(scalars, from: position, &steps), let range = groups.first ?? nil {
            result.append(contentsOf: scalars[copied..<range.lowerBound])
            let added = expand(pieces, groups, scalars)
            made += added.count + range.lowerBound - copied
            guard made <= bytes / 4 else { throw TooSlow() }
            result.append(contentsOf: added)
            copied = range.upperBound
            position = range.isEmpty ? range.upperBound + 1 : range.upperBound
            if onlyFirst { break }
        }
        result.append(contentsOf: scalars[min(copied, scalars.count)...])
        return String(result)
    }

    private func expand(_ pieces: [Unicode.Scalar], _ groups: [Range<Int>?], _ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = [], index = 0
        while index < pieces.count {
            let scalar = pieces[index]
            index += 1
            if scalar == "\\", index < pieces.count {
                result.append(pieces[index])
                index += 1
            } else if scalar == "$", index < pieces.count {
                var number: Int?
                if pieces[index] == "{", let end = pieces[index...].firstIndex(of: "}") {
                    number = groupNames[Self.text(pieces[(index + 1)..<end])]
                    index = end + 1
                } else if 48...57 ~= pieces[index].value {
                    number = Int(pieces[index].value) - 48
                    index += 1
                }
                if let number, groups.indices.contains(number), let range = groups[number] { result += text[range] }
            } else {
                result.append(scalar)
            }
        }
        return result
    }
}
