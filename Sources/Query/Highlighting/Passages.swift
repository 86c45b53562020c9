internal import Glibc

/// Cuts a text into passages around what was found, and keeps the best: Lucene's `UnifiedHighlighter`.
struct PassageHighlighter {
    let options: HighlightOptions
    /// Whether values are shown whole: of fields that are not cut into words, and where no fragments are asked for.
    let showsWholeValues: Bool

    private struct Passage {
        var start: Int
        var end: Int
        var matches: [HighlightMatch] = []
        var score: Float = 0
    }

    /// - Parameter matches: in the order in which they begin.
    /// - Complexity: O(matches + text).
    func fragments(of text: HighlightedText, _ matches: [HighlightMatch]) -> [String] {
        var breaks = PassageBreaks(text: text, options: options, wholeValues: showsWholeValues)
        var passages: [Passage] = []
        var current: Passage?
        var lastEnd = 0
        func close() {
            guard var passage = current else { return }
            passage.score = score(passage, length: text.units.count)
            passages.append(passage)
        }
        for match in matches {
            if let passage = current, match.start < passage.end {
                current?.matches.append(match)
                continue
            }
            close()
            let (start, end) = breaks.passage(at: match.start)
            let begin = max(start, lastEnd)
            lastEnd = max(lastEnd, end)
            current = Passage(start: begin, end: lastEnd, matches: [match])
        }
        close()
        if passages.isEmpty { return nothing(text) }
        let limit = options.fragmentCount == 0 ? passages.count : options.fragmentCount
        // Of equal ones the later stay.
        var best = Array(passages.sorted { ($0.score, $0.start) > ($1.score, $1.start) }.prefix(limit))
        best.sort { $0.start < $1.start }
        if options.isOrderedByScore {
            best = best.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }.map(\.element)
        }
        return best.map { Self.trimmed(format($0, text)) }.filter { !$0.isEmpty }
    }

    /// As Lucene's `PassageScorer` has it: BM25 for passages, with 87 units as the length of one.
    private func score(_ passage: Passage, length: Int) -> Float {
        let (k1, b, pivot): (Float, Float, Float) = (1.2, 0.75, 87)
        var score: Float = 0
        let count = 1 + Float(length) / pivot
        for (_, matches) in Dictionary(grouping: passage.matches, by: \.term).sorted(by: { $0.key < $1.key }) {
            let frequency = Float(matches.count)
            let weight = (k1 + 1) * Float(log(Double(1 + (count + 0.5) / 1.5)))
            let norm = k1 * ((1 - b) + b * (Float(passage.end - passage.start) / pivot))
            score += weight * frequency / (frequency + norm)
        }
        return score * (1 + 1 / Float(log(Double(pivot) + Double(passage.start))))
    }

    private func format(_ passage: Passage, _ text: HighlightedText) -> String {
        var result = ""
        var place = passage.start
        var index = 0
        while index < passage.matches.count {
            let start = passage.matches[index].start
            var end = passage.matches[index].end
            // Those that overlap are marked as one.
            while index + 1 < passage.matches.count, passage.matches[index + 1].start < end {
                index += 1
                end = max(end, passage.matches[index].end)
            }
            end = min(end, passage.end)
            if start > place { result += options.encoded(text.units[place..<start]) }
            if end > place { result += options.marked(text.units[max(place, start)..<end]) }
            place = max(place, end)
            index += 1
        }
        return result + options.encoded(text.units[place..<max(place, passage.end)])
    }

    /// The beginning, where nothing was found.
    private func nothing(_ text: HighlightedText) -> [String] {
        guard options.noMatchSize > 0, let value = text.values.first(where: { !$0.isEmpty }) else { return [] }
        var end = value.upperBound
        if options.noMatchSize < value.count {
            end = value.lowerBound + (TextBoundaries.words(text.units[value]).following(options.noMatchSize) ?? value.count)
        }
        let shown = Self.trimmed(options.encoded(text.units[value.lowerBound..<end]))
        return shown.isEmpty ? [] : [shown]
    }

    /// Without white space and control characters around it.
    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { $0.value > 0x20 }), let last = scalars.lastIndex(where: { $0.value > 0x20 })
        else { return "" }
        return String(scalars[first...last])
    }
}

/// Where the passage of a match begins and ends.
struct PassageBreaks {
    private let text: HighlightedText
    private let options: HighlightOptions
    private let wholeValues: Bool
    private var value: Range<Int>?
    private var sentences: TextBoundaries?
    private var words: TextBoundaries?
    /// The part of the value that passages are cut of now, and the last passage, in the value.
    private var window = -1..<(-1)
    private var inner = (start: -1, end: 0)

    init(text: HighlightedText, options: HighlightOptions, wholeValues: Bool) {
        self.text = text
        self.options = options
        self.wholeValues = wholeValues
    }

    /// - Parameter place: does not descend from call to call.
    mutating func passage(at place: Int) -> (start: Int, end: Int) {
        guard let range = text.value(at: place) else { return (place, place) }
        if wholeValues { return (range.lowerBound, range.upperBound) }
        if range != value {
            value = range
            sentences = nil
            words = nil
            window = -1..<(-1)
            inner = (-1, 0)
        }
        let local = place - range.lowerBound, base = range.lowerBound
        if options.boundaryScanner == .word {
            let words = wordBoundaries(range)
            return (base + (words.preceding(local + 1) ?? 0), base + (words.following(local) ?? range.count))
        }
        let sentences = sentenceBoundaries(range)
        guard options.fragmentSize > 0 else {
            return (base + (sentences.preceding(local + 1) ?? 0), base + (sentences.following(local) ?? range.count))
        }
        let found = bounded(local + 1, range, sentences)
        return (base + found.start, base + found.end)
    }

    /// As many sentences as fit; a part of one that does not, with the match in it.
    private mutating func bounded(
        _ place: Int, _ range: Range<Int>, _ sentences: TextBoundaries
    ) -> (start: Int, end: Int) {
        let size = options.fragmentSize, count = range.count
        if place > window.lowerBound, place < window.upperBound {
            inner = (inner.end, window.upperBound)
        } else {
            let start = sentences.preceding(place) ?? 0
            let target = place + max(0, size - (place - start))
            var end = target + 1 > count ? count : sentences.preceding(target + 1) ?? 0
            if end == start { end = target >= count ? count : sentences.following(target) ?? count }
            inner = (start, max(start, end))
            window = inner.start..<inner.end
        }
        if inner.end - inner.start > size {
            let words = wordBoundaries(range)
            if place - size > inner.start { inner.start = max(inner.start, words.preceding(place - size) ?? 0) }
            let rest = max(0, size - (place - inner.start))
            if place + rest < window.upperBound {
                inner.end = min(window.upperBound, words.following(place + rest) ?? window.upperBound)
            }
        }
        return inner
    }

    private mutating func sentenceBoundaries(_ range: Range<Int>) -> TextBoundaries {
        if let sentences { return sentences }
        let found = TextBoundaries.sentences(text.units[range])
        sentences = found
        return found
    }

    private mutating func wordBoundaries(_ range: Range<Int>) -> TextBoundaries {
        if let words { return words }
        let found = TextBoundaries.words(text.units[range])
        words = found
        return found
    }
}
