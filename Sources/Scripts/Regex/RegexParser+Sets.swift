extension RegexParser {
    /// `[…]`, behind its bracket.
    mutating func set() -> RegexSet? {
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
