/// Cuts text into words by CLIP's pattern:
/// `<special tokens>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`.
struct CLIPWordSplitter: Sendable {
    private static let contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"].map { Array($0.unicodeScalars) }

    private let specialTokens: [[Unicode.Scalar]]

    /// - Parameter specialTokens: also matched in lowercased text, where `<|ENDOFTEXT|>` has become one.
    init(specialTokens: [String]) {
        self.specialTokens = specialTokens.map { Array($0.unicodeScalars) }
    }

    /// Calls `body` with the UTF-8 of each word, lowercased.
    func forEachWord(in text: Substring, _ body: ([UInt8]) -> Void) {
        let scalars = lowercased(Normalization.composed(text))
        var position = 0
        while position < scalars.count {
            if let match = Self.contractions.first(where: { scalars[position...].starts(with: $0) }) {
                body(utf8(scalars[position..<(position + match.count)]))
                position += match.count
                continue
            }
            if let match = specialTokens.first(where: { scalars[position...].starts(with: $0) }) {
                // Matched as a whole, then split again by the same classes.
                forEachRun(in: scalars[position..<(position + match.count)], body)
                position += match.count
                continue
            }
            let end = endOfRun(in: scalars[position...])
            if CharacterClass(scalars[position]) != .space { body(utf8(scalars[position..<end])) }
            position = end
        }
    }

    private func forEachRun(in scalars: ArraySlice<Unicode.Scalar>, _ body: ([UInt8]) -> Void) {
        var rest = scalars
        while !rest.isEmpty {
            let end = endOfRun(in: rest)
            body(utf8(rest[..<end]))
            rest = rest[end...]
        }
    }

    /// The end of the run of one class that starts the slice; numbers stand alone.
    private func endOfRun(in scalars: ArraySlice<Unicode.Scalar>) -> Int {
        let kind = CharacterClass(scalars[scalars.startIndex])
        guard kind != .number else { return scalars.startIndex + 1 }
        return scalars.firstIndex { CharacterClass($0) != kind } ?? scalars.endIndex
    }

    /// Lowercase for each code point by itself: there is no final sigma.
    private func lowercased(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count)
        for scalar in scalars {
            if scalar.isASCII {
                let isUpper = (65...90).contains(scalar.value)
                result.append(isUpper ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar)
            } else {
                result += scalar.properties.lowercaseMapping.unicodeScalars
            }
        }
        return result
    }

    private func utf8(_ scalars: ArraySlice<Unicode.Scalar>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(scalars.count)
        for scalar in scalars { bytes += UTF8.encode(scalar).map(Array.init) ?? [] }
        return bytes
    }
}
