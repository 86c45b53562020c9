/// Cuts values into fragments of about one size: Lucene's `Highlighter`, which Elasticsearch calls `plain`.
struct PlainHighlighter {
    let options: HighlightOptions

    private struct Fragment {
        var text = ""
        var number: Int
        var terms: Set<String> = []
        var score: Int { terms.count }
    }

    /// - Parameter matches: those of the words, in the order in which they begin.
    func fragments(of text: HighlightedText, _ matches: [HighlightMatch]) -> [String] {
        var found: [Fragment] = []
        let count = options.fragmentCount == 0 ? 1 : options.fragmentCount
        for value in text.values {
            let inside = matches.filter { value.lowerBound <= $0.start && $0.end <= value.upperBound }
            if inside.isEmpty { continue }
            let fragments = cut(value, text, inside).filter { $0.score > 0 }
            found += fragments.sorted { ($1.score, $0.number) < ($0.score, $1.number) }.prefix(count)
        }
        if found.isEmpty { return nothing(text) }
        if options.isOrderedByScore {
            found = found.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }.map(\.element)
        }
        let isWhole = options.fragmentCount == 0 && text.values.count > 1
        return (isWhole ? found[...] : found.prefix(count)).map(\.text)
    }

    /// Tokens that overlap go together; after each of them a new fragment may begin.
    private func cut(_ value: Range<Int>, _ text: HighlightedText, _ matches: [HighlightMatch]) -> [Fragment] {
        let terms = Dictionary(grouping: matches) { $0.start }
        let tokens = text.tokens.filter { value.contains($0.start) }.sorted { ($0.start, $0.position) < ($1.start, $1.position) }
        var fragments = [Fragment(number: 0)]
        var group: (start: Int, end: Int, marked: Range<Int>?)?
        var written = value.lowerBound
        var size = 1
        func flush() {
            guard let current = group else { return }
            let (start, end) = (current.marked?.lowerBound ?? current.start, current.marked?.upperBound ?? current.end)
            if start > written { fragments[fragments.count - 1].text += options.encoded(text.units[written..<start]) }
            let part = text.units[max(start, min(written, end))..<end]
            fragments[fragments.count - 1].text += current.marked == nil ? options.encoded(part) : options.marked(part)
            written = max(written, end)
            group = nil
        }
        for token in tokens {
            if let current = group, token.start >= current.end {
                flush()
                let end = token.end - value.lowerBound
                let isLate = end >= options.fragmentSize * size
                if options.fragmentCount > 0, isLate, options.splitsSpans || value.count - end >= options.fragmentSize / 2 {
                    size += 1
                    fragments.append(Fragment(number: fragments.count))
                }
            }
            let match = (terms[token.start] ?? []).first { $0.end == token.end && $0.term == token.term }
            var next = group ?? (token.start, token.end, nil)
            next.start = min(next.start, token.start)
            next.end = max(next.end, token.end)
            if let match {
                fragments[fragments.count - 1].terms.insert(match.term)
                let marked = next.marked ?? match.start..<match.end
                next.marked = min(marked.lowerBound, match.start)..<max(marked.upperBound, match.end)
            }
            group = next
        }
        flush()
        if written < value.upperBound { fragments[fragments.count - 1].text += options.encoded(text.units[written..<value.upperBound]) }
        return fragments
    }

    /// The beginning, up to the end of a token, where nothing was found.
    private func nothing(_ text: HighlightedText) -> [String] {
        guard options.noMatchSize > 0, let value = text.values.first else { return [] }
        var end = 0
        for token in text.tokens where value.contains(token.start) {
            let place = token.end - value.lowerBound
            if place > options.noMatchSize { break }
            end = place
        }
        return end == 0 ? [] : [options.encoded(text.units[value.lowerBound..<value.lowerBound + end])]
    }
}
