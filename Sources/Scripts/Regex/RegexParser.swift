/// Reads Java's regular expressions, as far as they are commonly used.
struct RegexParser {
    private static let maximumDepth = 50
    private static let maximumRepetitions = 1000

    private let text: [Unicode.Scalar]
    private var position = 0
    private var depth = 0
    private(set) var groupCount = 0
    private(set) var names: [String: Int] = [:]
    var ignoresCase = false
    var isMultiline = false
    var matchesNewlines = false
    var skipsBlanks = false

    init(_ source: String) {
        text = Array(source.unicodeScalars)
    }

    /// - Returns: nil for what is malformed or not understood.
    mutating func parse() -> RegexNode? {
        guard text.count <= 20_000, let node = alternatives(), position == text.count else { return nil }
        return node
    }

    private var next: Unicode.Scalar? { position < text.count ? text[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    private mutating func take(_ string: String) -> Bool {
        guard text[position...].starts(with: string.unicodeScalars) else { return false }
        position += string.unicodeScalars.count
        return true
    }

    private mutating func alternatives() -> RegexNode? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth, let first = sequence() else { return nil }
        var nodes = [first]
        while take("|") {
            guard let node = sequence() else { return nil }
            nodes.append(node)
        }
        return nodes.count == 1 ? first : .alternatives(nodes)
    }

    private mutating func sequence() -> RegexNode? {
        var nodes: [RegexNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            if skipsBlanks, scalar.properties.isWhitespace {
                position += 1
                continue
            }
            guard let atom = atom(), let node = quantified(atom) else { return nil }
            nodes.append(node)
        }
        return nodes.isEmpty ? .empty : nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    private mutating func quantified(_ atom: RegexNode) -> RegexNode? {
        var node = atom
        while let scalar = next {
            let bounds: (Int, Int?)
            switch scalar {
            case "*": bounds = (0, nil)
            case "+": bounds = (1, nil)
            case "?": bounds = (0, 1)
            case "{":
                guard let read = counts() else { return nil }
                bounds = read
            default: return node
            }
            if scalar != "{" { position += 1 }
            let isLazy = take("?"), isPossessive = !isLazy && take("+")
            // Stacked quantifiers nest.
            depth += 1
            guard depth <= Self.maximumDepth else { return nil }
            node = .repeated(node, least: bounds.0, most: bounds.1, isLazy: isLazy, isPossessive: isPossessive)
        }
        return node
    }

    private mutating func counts() -> (Int, Int?)? {
        position += 1
        guard let least = number() else { return nil }
        var most: Int? = least
        if take(",") { most = next == "}" ? nil : number() }
        if most == nil, next != "}" { return nil }
        guard take("}"), least <= Self.maximumRepetitions, (most ?? 0) <= Self.maximumRepetitions, least <= most ?? .max else {
            return nil
        }
        return (least, most)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let scalar = next, 48...57 ~= scalar.value {
            let digit = Int(scalar.value) - 48
            value = min((value ?? 0) * 10 + digit, 1_000_000)
            position += 1
        }
        return value
    }

    private mutating func atom() -> RegexNode? {
        guard let scalar = next else { return nil }
        position += 1
        switch scalar {
        case ".":
            if matchesNewlines { return .any }
            return .set(RegexSet(ranges: [10...10, 13...13, 0x85...0x85, 0x2028...0x2029], isNegated: true))
        case "^": return isMultiline ? .lineStart : .start
        case "$": return isMultiline ? .lineEnd : .end
        case "[": return set().map { .set($0) }
        case "(": return group()
        case "\\": return escape()
        case "*", "+", "?": return nil
        case "{": return nil
        default: return .character(scalar)
        }
    }

    private mutating func group() -> RegexNode? {
        let saved = (ignoresCase, isMultiline, matchesNewlines, skipsBlanks)
        var wrap: (RegexNode) -> RegexNode = { $0 }
        if take("?") {
            if take(":") {
            } else if take(">") {
                wrap = { .atomic($0) }
            } else if take("=") {
                wrap = { .look($0, isAhead: true, isNegated: false) }
            } else if take("!") {
                wrap = { .look($0, isAhead: true, isNegated: true) }
            } else if take("<=") {
                wrap = { .look($0, isAhead: false, isNegated: false) }
            } else if take("<!") {
                wrap = { .look($0, isAhead: false, isNegated: true) }
            } else if take("<") || take("P<") {
                var name = ""
                while let scalar = next, scalar != ">" {
                    name.unicodeScalars.append(scalar)
                    position += 1
                }
                guard take(">"), !name.isEmpty, names[name] == nil else { return nil }
                groupCount += 1
                let number = groupCount
                names[name] = number
                wrap = { .group($0, number: number) }
            } else {
                guard flags() else { return nil }
                // `(?i)` holds for the rest of the group that it stands in.
                if take(")") { return .empty }
                guard take(":") else { return nil }
            }
        } else {
            groupCount += 1
            let number = groupCount
            wrap = { .group($0, number: number) }
        }
        guard let node = alternatives(), take(")") else { return nil }
        (ignoresCase, isMultiline, matchesNewlines, skipsBlanks) = saved
        return wrap(node)
    }

    private mutating func flags() -> Bool {
        var isOn = true
        while let scalar = next, scalar != ")", scalar != ":" {
            switch scalar {
            case "-": isOn = false
            // For all of the expression: mixing is rare.
            case "i": ignoresCase = isOn
            case "m": isMultiline = isOn
            case "s": matchesNewlines = isOn
            case "x": skipsBlanks = isOn
            case "u", "U", "d": break
            default: return false
            }
            position += 1
        }
        return true
    }

    private mutating func escape() -> RegexNode? {
        guard let scalar = next else { return nil }
        if let kind = Self.kind(scalar) {
            position += 1
            return .set(RegexSet(classes: [kind]))
        }
        switch scalar {
        case "b", "B", "A", "z", "Z":
            position += 1
            return scalar == "b" ? .wordBoundary : scalar == "B" ? .notWordBoundary : scalar == "A" ? .start : scalar == "z" ? .finalEnd : .end
        case "1"..."9":
            guard let number = number(), number <= groupCount else { return nil }
            return .reference(number)
        case "k":
            position += 1
            guard take("<") else { return nil }
            var name = ""
            while let scalar = next, scalar != ">" {
                name.unicodeScalars.append(scalar)
                position += 1
            }
            guard take(">"), let number = names[name] else { return nil }
            return .reference(number)
        case "p", "P":
            guard let kind = property() else { return nil }
            return .set(RegexSet(classes: [kind]))
        case "h":
            position += 1
            return .set(RegexSet(ranges: [9...9, 32...32]))
        case "R":
            position += 1
            return .alternatives([.sequence([.character("\r"), .character("\n")]), .set(RegexSet(ranges: [10...13, 0x85...0x85]))])
        case "Q":
            position += 1
            var nodes: [RegexNode] = []
            while position < text.count, !take("\\E") {
                nodes.append(.character(text[position]))
                position += 1
            }
            return .sequence(nodes)
        default: return literal().map { .character($0) }
        }
    }

    private static func kind(_ scalar: Unicode.Scalar) -> (kind: RegexSet.Class, isNegated: Bool)? {
        switch scalar {
        case "d": (.digit, false)
        case "D": (.digit, true)
        case "w": (.word, false)
        case "W": (.word, true)
        case "s": (.space, false)
        case "S": (.space, true)
        default: nil
        }
    }

    private mutating func property() -> (kind: RegexSet.Class, isNegated: Bool)? {
        let isNegated = next == "P"
        position += 1
        var name = ""
        if take("{") {
            while let scalar = next, scalar != "}" {
                name.unicodeScalars.append(scalar)
                position += 1
            }
            guard take("}") else { return nil }
        } else if let scalar = next {
            name = String(scalar)
            position += 1
        }
        switch name {
        case "Alpha", "L", "IsAlphabetic": return (.letter, isNegated)
        case "Digit", "N", "Nd": return (.digit, isNegated)
        case "Alnum": return (.alphanumeric, isNegated)
        case "Upper", "Lu": return (.upper, isNegated)
        case "Lower", "Ll": return (.lower, isNegated)
        case "Punct", "P": return (.punctuation, isNegated)
        case "Space": return (.space, isNegated)
        case "XDigit": return (.hexadecimal, isNegated)
        default: return nil
        }
    }

    /// What stands behind a backslash for itself or a control character.
    private mutating func literal() -> Unicode.Scalar? {
        guard let scalar = next else { return nil }
        position += 1
        switch scalar {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "f": return "\u{0C}"
        case "e": return "\u{1B}"
        case "0": return "\0"
        case "x", "u":
            let count = scalar == "x" ? 2 : 4
            var value: UInt32 = 0
            for _ in 0..<count {
                guard let digit = next.flatMap({ Character($0).hexDigitValue }) else { return nil }
                value = value * 16 + UInt32(digit)
                position += 1
            }
            return Unicode.Scalar(value)
        default:
            let isLetter = 65...90 ~= scalar.value || 97...122 ~= scalar.value
            return isLetter ? nil : scalar
        }
    }

    private mutating func set() -> RegexSet? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { return nil }
        var set = RegexSet()
        set.isNegated = take("^")
        var isFirst = true
        while let scalar = next {
            if scalar == "]", !isFirst {
                position += 1
                return set
            }
            isFirst = false
            if take("[:") {
                var name = ""
                while let scalar = next, scalar != ":" {
                    name.unicodeScalars.append(scalar)
                    position += 1
                }
                guard take(":]"), let kind = Self.posix[name] else { return nil }
                set.classes.append((kind, false))
                continue
            }
            if scalar == "[" || (scalar == "&" && position + 1 < text.count && text[position + 1] == "&") { return nil }
            position += 1
            var first = scalar
            if scalar == "\\" {
                if let kind = next.flatMap(Self.kind) {
                    position += 1
                    set.classes.append(kind)
                    continue
                }
                if next == "p" || next == "P" {
                    guard let kind = property() else { return nil }
                    set.classes.append(kind)
                    continue
                }
                guard let escaped = literal() else { return nil }
                first = escaped
            }
            var last = first
            if next == "-", position + 1 < text.count, text[position + 1] != "]" {
                position += 1
                guard let scalar = next else { return nil }
                position += 1
                last = scalar
                if scalar == "\\" {
                    guard let escaped = literal() else { return nil }
                    last = escaped
                }
            }
            guard first.value <= last.value else { return nil }
            set.ranges.append(first.value...last.value)
        }
        return nil
    }

    private static let posix: [String: RegexSet.Class] = [
        "alpha": .letter, "digit": .digit, "alnum": .alphanumeric, "upper": .upper, "lower": .lower, "space": .space,
        "punct": .punctuation, "xdigit": .hexadecimal, "word": .word,
    ]
}
