/// As much of regular expressions as tokenizers' files use to replace by: a text, or one class of characters in a row.
struct ScalarPattern: Sendable, Equatable {
    private enum Kind: Equatable {
        case text([Unicode.Scalar])
        case run(of: [ClosedRange<UInt32>], withSpaces: Bool, length: ClosedRange<Int>)
    }

    private let kind: Kind

    /// Matches `text` itself.
    init(text: String) { kind = .text(Array(text.unicodeScalars)) }

    /// Nil for an expression that is more than one class with a count: `\s+`, ` {2,}`, `[a-z.\]]`.
    init?(expression: String) {
        var rest = Array(expression.unicodeScalars)[...], ranges: [ClosedRange<UInt32>] = [], withSpaces = false
        /// A character, or nil for the class of white space.
        func character() -> Unicode.Scalar?? {
            guard let first = rest.popFirst() else { return nil }
            guard first == "\\" else { return .some(first) }
            guard let escaped = rest.popFirst() else { return nil }
            if escaped == "s" { return .some(nil) }
            // Other letters and digits stand for classes, too.
            return CharacterClass(escaped) == .other || escaped == " " ? .some(escaped) : nil
        }
        func take(_ found: Unicode.Scalar?) {
            if let found { ranges.append(found.value...found.value) } else { withSpaces = true }
        }
        if rest.first == "[" {
            rest.removeFirst()
            guard let first = rest.first, first != "^", first != "]" else { return nil }
            while let next = rest.first, next != "]" {
                // Classes in classes, and their intersections.
                guard next != "[", !rest.starts(with: "&&".unicodeScalars), let lower = character() else { return nil }
                guard rest.first == "-", rest.dropFirst().first != "]", let lower else {
                    take(lower)
                    continue
                }
                rest.removeFirst()
                guard let upper = character().flatMap({ $0 }), lower <= upper else { return nil }
                ranges.append(lower.value...upper.value)
            }
            guard rest.popFirst() == "]" else { return nil }
        } else {
            guard let first = rest.first, !".^$*+?()|{}".unicodeScalars.contains(first), let found = character() else {
                return nil
            }
            take(found)
        }
        guard let length = Self.length(String(Array(rest))) else { return nil }
        kind = .run(of: ranges, withSpaces: withSpaces, length: length)
    }

    private static func length(_ count: String) -> ClosedRange<Int>? {
        switch count {
        case "": return 1...1
        case "+": return 1...(.max)
        default:
            guard count.hasPrefix("{"), count.hasSuffix(",}"), let least = Int(count.dropFirst().dropLast(2)) else {
                return nil
            }
            return (1...1024).contains(least) ? least...(.max) : nil
        }
    }

    /// - Complexity: O(*n*).
    func replacing(in scalars: [Unicode.Scalar], with replacement: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = [], position = 0
        result.reserveCapacity(scalars.count)
        while position < scalars.count {
            let (length, matches) = match(in: scalars[position...])
            result += matches ? replacement[...] : scalars[position..<(position + length)]
            position += length
        }
        return result
    }

    /// The length of a match at the beginning, or of what is known not to match.
    private func match(in scalars: ArraySlice<Unicode.Scalar>) -> (length: Int, matches: Bool) {
        switch kind {
        case .text(let text):
            return !text.isEmpty && scalars.starts(with: text) ? (text.count, true) : (1, false)
        case .run(let ranges, let withSpaces, let length):
            let run = scalars.prefix { scalar in
                withSpaces && scalar.properties.isWhitespace || ranges.contains { $0.contains(scalar.value) }
            }
            let count = length.upperBound == 1 ? min(1, run.count) : run.count
            return count >= length.lowerBound ? (count, true) : (max(1, count), false)
        }
    }
}
