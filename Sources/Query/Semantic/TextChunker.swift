internal import Analysis
public import Mapping

/// Cuts a text into parts that get a vector each.
///
/// Words and sentences end where `TextBoundaries` has them. A word is a part between two ends with a letter or a digit in it.
public struct TextChunker {
    private let settings: ChunkingSettings

    public init(_ settings: ChunkingSettings) { self.settings = settings }

    /// The parts' places in UTF-16 code units, in order; together they cover the text.
    ///
    /// - Complexity: O(*n*), of `recursive` for each separator.
    public func ranges(of text: [UInt16]) -> [Range<Int>] {
        let whole = 0..<text.count
        switch settings.strategy {
        case .none: return [whole]
        case .word: return words(text, whole, size: settings.size, overlap: settings.overlap)
        case .sentence: return sentences(text, whole, overlap: settings.overlap)
        case .recursive:
            var ends = [Int](repeating: 0, count: text.count + 1)
            for end in wordEnds(text, whole) { ends[end] = 1 }
            for place in ends.indices.dropFirst() { ends[place] += ends[place - 1] }
            return recursive(text, whole, settings.separators[...], wordsBefore: ends)
        }
    }

    /// Where the words of a part end.
    private func wordEnds(_ text: [UInt16], _ range: Range<Int>) -> [Int] {
        let places = TextBoundaries.words(text[range]).places
        return zip(places, places.dropFirst()).compactMap { start, end in
            let (start, end) = (start + range.lowerBound, end + range.lowerBound)
            return Self.isWord(text[start..<end]) ? end : nil
        }
    }

    private static func isWord(_ units: ArraySlice<UInt16>) -> Bool {
        String(decoding: units, as: UTF16.self).unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }

    private func words(_ text: [UInt16], _ range: Range<Int>, size: Int, overlap: Int) -> [Range<Int>] {
        let ends = wordEnds(text, range)
        guard ends.count > size else { return [range] }
        var parts: [Range<Int>] = []
        var first = 0
        while true {
            let start = first == 0 ? range.lowerBound : ends[first - 1]
            let last = first + size - 1
            guard last < ends.count - 1 else {
                parts.append(start..<range.upperBound)
                return parts
            }
            parts.append(start..<ends[last])
            first += max(1, size - overlap)
        }
    }

    private func sentences(_ text: [UInt16], _ range: Range<Int>, overlap: Int) -> [Range<Int>] {
        let places = TextBoundaries.sentences(text[range]).places.map { $0 + range.lowerBound }
        var parts: [Range<Int>] = []
        // The sentences of the part that is being made.
        var current: [(range: Range<Int>, words: Int)] = []
        var count = 0
        func close() {
            if let first = current.first, let last = current.last { parts.append(first.range.lowerBound..<last.range.upperBound) }
        }
        for (start, end) in zip(places, places.dropFirst()) {
            let range = start..<end, words = wordEnds(text, range).count
            if !current.isEmpty, count + words > settings.size {
                close()
                let last = current.last
                (current, count) = ([], 0)
                // What is repeated must leave room for something new.
                if overlap > 0, let last, last.words <= settings.size / 2, last.words + words <= settings.size { (current, count) = ([last], last.words) }
            }
            if words > settings.size {
                parts += self.words(text, range, size: settings.size, overlap: 0)
            } else {
                current.append((range, words))
                count += words
            }
        }
        close()
        return parts.isEmpty ? [range] : parts
    }

    /// Parts that begin with the coarsest separator, as many together as there is room for; those that are too long, by finer ones, and
    /// by sentences in the end.
    ///
    /// - Parameter wordsBefore: for each place in the text, how many words end there or before.
    /// - Complexity: O(*n*) for each separator.
    private func recursive(
        _ text: [UInt16], _ range: Range<Int>, _ separators: ArraySlice<String>, wordsBefore: [Int]
    ) -> [Range<Int>] {
        func isShort(_ part: Range<Int>) -> Bool { wordsBefore[part.upperBound] - wordsBefore[part.lowerBound] <= settings.size }
        if range.count < 2 || isShort(range) { return [range] }
        guard let separator = separators.first else { return sentences(text, range, overlap: 0) }
        var together: [Range<Int>] = []
        for part in parts(text, range, from: separator) {
            if let last = together.last, isShort(last.lowerBound..<part.upperBound) {
                together[together.count - 1] = last.lowerBound..<part.upperBound
            } else {
                together.append(part)
            }
        }
        return together.flatMap { isShort($0) ? [$0] : recursive(text, $0, separators.dropFirst(), wordsBefore: wordsBefore) }
    }

    /// The parts of a range that begin where a separator, a regular expression, is found; and what stands before the first.
    private func parts(_ text: [UInt16], _ range: Range<Int>, from separator: String) -> [Range<Int>] {
        // What cannot be searched for was refused, but for Elasticsearch's own patterns, which are found nowhere.
        let pattern = try? SearchPattern(separator)
        let places = (try? pattern?.places(in: String(decoding: text[range], as: UTF16.self))) ?? []
        let cuts = [range.lowerBound] + places.map { $0.lowerBound + range.lowerBound } + [range.upperBound]
        return zip(cuts, cuts.dropFirst()).filter { $0 < $1 }.map { $0..<$1 }
    }
}
