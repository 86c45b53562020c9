public import Mapping

/// Cuts a text into parts that get a vector each.
///
/// Words and sentences end where `TextBoundaries` has them. A word is a part between two ends with a letter or a digit in it.
public struct TextChunker {
    private let settings: ChunkingSettings

    public init(_ settings: ChunkingSettings) { self.settings = settings }

    /// The parts' places in UTF-16 code units, in order; together they cover the text.
    ///
    /// - Complexity: O(*n*).
    public func ranges(of text: [UInt16]) -> [Range<Int>] {
        let whole = 0..<text.count
        switch settings.strategy {
        case .none: return [whole]
        case .word: return words(text, whole, size: settings.size, overlap: settings.overlap)
        case .sentence: return sentences(text)
        case .recursive: return recursive(text, whole, settings.separators[...])
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

    private func sentences(_ text: [UInt16]) -> [Range<Int>] {
        let places = TextBoundaries.sentences(text[...]).places
        var parts: [Range<Int>] = []
        // The sentences of the part that is being made.
        var current: [(range: Range<Int>, words: Int)] = []
        func count() -> Int { current.reduce(0) { $0 + $1.words } }
        func close() {
            if let first = current.first, let last = current.last { parts.append(first.range.lowerBound..<last.range.upperBound) }
        }
        for (start, end) in zip(places, places.dropFirst()) {
            let range = start..<end, words = wordEnds(text, range).count
            if !current.isEmpty, count() + words > settings.size {
                close()
                let last = current.last
                current = []
                // What is repeated must leave room for something new.
                if settings.overlap > 0, let last, last.words <= settings.size / 2, last.words + words <= settings.size { current = [last] }
            }
            if words > settings.size {
                parts += self.words(text, range, size: settings.size, overlap: 0)
            } else {
                current.append((range, words))
            }
        }
        close()
        return parts.isEmpty ? [0..<text.count] : parts
    }

    /// Parts between the coarsest separators; those that are too long, between finer ones.
    private func recursive(_ text: [UInt16], _ range: Range<Int>, _ separators: ArraySlice<String>) -> [Range<Int>] {
        if wordEnds(text, range).count <= settings.size { return [range] }
        guard let separator = separators.first else { return words(text, range, size: settings.size, overlap: 0) }
        let units = Array(separator.utf16)
        var cuts = [range.lowerBound]
        var place = range.lowerBound + 1
        while !units.isEmpty, place + units.count <= range.upperBound {
            if text[place..<(place + units.count)].elementsEqual(units) {
                cuts.append(place)
                place += units.count
            } else {
                place += 1
            }
        }
        cuts.append(range.upperBound)
        var parts: [Range<Int>] = []
        for (start, end) in zip(cuts, cuts.dropFirst()) where start < end {
            for part in recursive(text, start..<end, separators.dropFirst()) {
                // Neighbours that fit into one part are one.
                if let last = parts.last, wordEnds(text, last.lowerBound..<part.upperBound).count <= settings.size {
                    parts[parts.count - 1] = last.lowerBound..<part.upperBound
                } else {
                    parts.append(part)
                }
            }
        }
        return parts
    }
}
