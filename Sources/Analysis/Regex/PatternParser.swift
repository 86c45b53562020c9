/// Reads Java's syntax of regular expressions.
///
/// Source: https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/regex/Pattern.html
struct PatternParser {
    /// The deepest nesting of groups, and the longest pattern in scalars.
    private static let maximumDepth = 100, maximumLength = 10_000

    let text: String
    var flags: PatternFlags
    var scalars: [UInt32]
    var index = 0
    private(set) var groupCount = 0
    private(set) var groupNames: [String: Int] = [:]
    private var depth = 0

    init(_ text: String, flags: PatternFlags) {
        self.text = text
        self.flags = flags
        scalars = text.unicodeScalars.map(\.value)
    }

    func refuse(_ reason: String) -> AnalysisError { .unsupportedPattern(text, reason: reason) }

    mutating func parse() throws(AnalysisError) -> PatternNode {
        guard scalars.count <= Self.maximumLength else { throw refuse("Pattern too long") }
        if flags.isLiteral { return .sequence(scalars.map { .set(ScalarSet([$0...$0], ignoresCase: flags.ignoresCase)) }) }
        let node = try choice()
        guard index == scalars.count else { throw refuse("Unmatched closing ')'") }
        return node
    }

    var peek: UInt32? { index < scalars.count ? scalars[index] : nil }

    func isNext(_ text: StaticString) -> Bool {
        let bytes = text.withUTF8Buffer { $0.map { UInt32($0) } }
        return index + bytes.count <= scalars.count && scalars[index..<(index + bytes.count)].elementsEqual(bytes)
    }

    mutating func skip(_ text: StaticString) -> Bool {
        guard isNext(text) else { return false }
        index += text.utf8CodeUnitCount
        return true
    }

    private mutating func choice() throws(AnalysisError) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw refuse("Groups nested too deeply") }
        let outer = flags
        defer { flags = outer }
        var branches = [try sequence()]
        while skip("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(AnalysisError) -> PatternNode {
        var parts: [PatternNode] = []
        while let scalar = peek, scalar != 0x7C, scalar != 0x29 {
            if flags.allowsComments {
                if scalar == 0x20 || (0x09...0x0D).contains(scalar) {
                    index += 1
                    continue
                }
                if scalar == 0x23 {
                    while let scalar = peek, scalar != 0x0A { index += 1 }
                    continue
                }
            }
            guard let atom = try atom() else { continue }
            parts.append(try quantified(atom))
        }
        return parts.count == 1 ? parts[0] : (parts.isEmpty ? .empty : .sequence(parts))
    }

    /// Nil for what only sets flags.
    private mutating func atom() throws(AnalysisError) -> PatternNode? {
        guard let scalar = peek else { return .empty }
        index += 1
        switch scalar {
        case 0x28: return try group()
        case 0x5B: return .set(try characterClass())
        case 0x2E:
            var dot = ScalarSet(flags.dotMatchesAll ? [] : [0x0A...0x0A, 0x0D...0x0D, 0x85...0x85, 0x2028...0x2029])
            dot.isNegated = true
            return .set(dot)
        case 0x5E: return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case 0x24: return .assertion(flags.isMultiline ? .lineEnd : .textEndBeforeNewline)
        case 0x5C: return try escape()
        case 0x2A, 0x2B, 0x3F: throw refuse("Dangling meta character '\(Character(Unicode.Scalar(UInt8(scalar))))'")
        default: return literal(scalar)
        }
    }

    func literal(_ scalar: UInt32) -> PatternNode { .set(ScalarSet([scalar...scalar], ignoresCase: flags.ignoresCase)) }

    private mutating func group() throws(AnalysisError) -> PatternNode? {
        guard skip("?") else { return try captured(name: nil) }
        if skip(":") { return try closed(try choice()) }
        if isNext("=") || isNext("!") || isNext("<=") || isNext("<!") { throw refuse("Look-around is not supported") }
        if isNext(">") { throw refuse("Independent groups are not supported") }
        if skip("<") {
            var name = ""
            while let scalar = peek, scalar != 0x3E {
                name.unicodeScalars.append(Unicode.Scalar(scalar) ?? "?")
                index += 1
            }
            index += 1
            return try captured(name: name)
        }
        return try flagGroup()
    }

    private mutating func captured(name: String?) throws(AnalysisError) -> PatternNode {
        groupCount += 1
        let number = groupCount
        if let name { groupNames[name] = number }
        return .group(number, try closed(try choice()))
    }

    private mutating func closed(_ node: PatternNode) throws(AnalysisError) -> PatternNode {
        guard skip(")") else { throw refuse("Unclosed group") }
        return node
    }

    /// `(?i)`, `(?s-m:…)`.
    private mutating func flagGroup() throws(AnalysisError) -> PatternNode? {
        var changed = flags, isOn = true
        while let scalar = peek, scalar != 0x29, scalar != 0x3A {
            index += 1
            switch scalar {
            case 0x2D: isOn = false
            case 0x69: changed.ignoresCase = isOn
            case 0x73: changed.dotMatchesAll = isOn
            case 0x6D: changed.isMultiline = isOn
            case 0x78: changed.allowsComments = isOn
            case 0x75, 0x55, 0x64: break
            default: throw refuse("Unknown inline modifier")
            }
        }
        if skip(")") {
            // Until the end of the group around it, which restores its own.
            flags = changed
            return nil
        }
        guard skip(":") else { throw refuse("Unclosed group") }
        let outer = flags
        flags = changed
        defer { flags = outer }
        return try closed(try choice())
    }

    private mutating func quantified(_ atom: PatternNode) throws(AnalysisError) -> PatternNode {
        var node = atom
        while let scalar = peek {
            var minimum = 0, maximum: Int?
            switch scalar {
            case 0x2A: break
            case 0x2B: minimum = 1
            case 0x3F: maximum = 1
            case 0x7B:
                guard let counts = try counts() else { return node }
                (minimum, maximum) = counts
                index -= 1
            default: return node
            }
            index += 1
            if isNext("+") { throw refuse("Possessive quantifiers are not supported") }
            node = .repetition(node, minimum: minimum, maximum: maximum, isGreedy: !skip("?"))
        }
        return node
    }

    /// `{2}`, `{2,}`, `{2,5}`; stands behind it afterwards.
    private mutating func counts() throws(AnalysisError) -> (Int, Int?)? {
        index += 1
        func number() -> Int? {
            var value: Int?
            while let scalar = peek, (0x30...0x39).contains(scalar) {
                value = min((value ?? 0) * 10 + Int(scalar - 0x30), 100_000)
                index += 1
            }
            return value
        }
        guard let minimum = number() else { throw refuse("Illegal repetition") }
        var maximum: Int? = minimum
        if skip(",") { maximum = number() }
        guard skip("}") else { throw refuse("Unclosed counted closure") }
        guard maximum.map({ $0 >= minimum }) ?? true else { throw refuse("Illegal repetition range") }
        return (minimum, maximum)
    }
}
