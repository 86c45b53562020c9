/// A step by which a `tokenizer.json` normalises text.
///
/// Source: https://github.com/huggingface/tokenizers, src/normalizers.
enum NormalizerStep: Sendable {
    /// For each code point by itself: there is no final sigma.
    case lowercase
    case composed
    case decomposed
    case replace(ScalarPattern, with: [Unicode.Scalar])
    case strip(left: Bool, right: Bool)
    case prepend([Unicode.Scalar])
    case map(CharacterMap)

    func callAsFunction(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        switch self {
        case .lowercase: return scalars.flatMap { $0.properties.lowercaseMapping.unicodeScalars }
        case .composed: return Normalization.composed(Substring(String(scalars)))
        case .decomposed: return Normalization.decomposed(scalars)
        case .replace(let pattern, let replacement): return pattern.replacing(in: scalars, with: replacement)
        case .strip(let left, let right):
            var rest = scalars[...]
            if left { rest = rest.drop { $0.properties.isWhitespace } }
            while right, let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
            return Array(rest)
        case .prepend(let prefix): return scalars.isEmpty ? [] : prefix + scalars
        case .map(let map): return Self.mapped(scalars, map)
        }
    }

    /// Characters as people see them where the map has them and they are short, or else code points. A character of which
    /// the map has the beginning alone is replaced as a whole: the reference does so.
    private static func mapped(_ scalars: [Unicode.Scalar], _ map: CharacterMap) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count)
        func append(_ replacement: ArraySlice<UInt8>) {
            result += String(decoding: replacement, as: UTF8.self).unicodeScalars
        }
        for character in String(scalars) {
            let utf8 = Array(character.utf8)
            if utf8.count < 6, let match = map.shortestMatch(in: utf8[...]) {
                append(match.replacement)
                continue
            }
            for scalar in character.unicodeScalars {
                if let match = map.shortestMatch(in: Array(String(scalar).utf8)[...]) {
                    append(match.replacement)
                } else {
                    result.append(scalar)
                }
            }
        }
        return result
    }
}

extension String {
    init(_ scalars: [Unicode.Scalar]) {
        var view = UnicodeScalarView()
        view.append(contentsOf: scalars)
        self.init(view)
    }
}
