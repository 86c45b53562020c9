/// Reads Java's regular expressions, as far as they are commonly used.
struct RegexParser {
    static let maximumDepth = 50
    private static let maximumRepetitions = 1000

    let text: [Unicode.Scalar]
    var position = 0
    var depth = 0
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

    var next: Unicode.Scalar? { position < text.count ? text[position] : nil }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    mutating func take(_ string: String) -> Bool {
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

    mutating func number() -> Int? {
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
}
