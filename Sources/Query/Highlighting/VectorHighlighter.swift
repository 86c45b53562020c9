/// Lays fragments around what was found: Lucene's `FastVectorHighlighter`, which Elasticsearch calls `fvh`.
struct VectorHighlighter {
    let options: HighlightOptions

    private struct Fragment {
        var start: Int
        var end: Int
        var matches: [HighlightMatch]
    }

    /// - Parameter matches: phrases as wholes, in the order in which they begin.
    func fragments(of text: HighlightedText, _ matches: [HighlightMatch]) -> [String] {
        var distinct: [HighlightMatch] = []
        for match in matches.prefix(max(0, options.phraseLimit)) where distinct.last.map({ match.start >= $0.end }) ?? true { distinct.append(match) }
        guard !distinct.isEmpty else { return nothing(text) }
        if options.fragmentCount == 0 {
            return text.values.compactMap { value in
                let inside = distinct.filter { value.contains($0.start) }
                return inside.isEmpty ? nil : format(Fragment(start: value.lowerBound, end: value.upperBound, matches: inside), text, value)
            }
        }
        var fragments = split(list(distinct), text)
        if options.isOrderedByScore {
            fragments = fragments.enumerated().sorted { left, right in
                (right.element.fragment.matches.count, left.offset) < (left.element.fragment.matches.count, right.offset)
            }.map(\.element)
        }
        return fragments.prefix(options.fragmentCount).map { format($0.fragment, text, $0.value) }
    }

    /// Each fragment holds as many matches as its size takes, in its middle.
    private func list(_ matches: [HighlightMatch]) -> [Fragment] {
        var fragments: [Fragment] = []
        var index = 0, free = 0
        let size = options.fragmentSize
        while index < matches.count {
            let first = matches[index]
            guard first.start >= free else {
                index += 1
                continue
            }
            let limit = max(first.end, max(first.start - options.fragmentOffset, free) + size)
            var inside: [HighlightMatch] = []
            var end = first.end
            while index < matches.count, matches[index].end <= limit {
                end = matches[index].end
                inside.append(matches[index])
                index += 1
            }
            let length = end - first.start
            let start = max(free, first.start - max(0, (size - length) / 2))
            free = start + max(length, size)
            fragments.append(Fragment(start: start, end: free, matches: inside))
        }
        return fragments
    }

    /// No fragment reaches from one value into another.
    private func split(_ fragments: [Fragment], _ text: HighlightedText) -> [(fragment: Fragment, value: Range<Int>)] {
        fragments.flatMap { fragment in
            text.values.compactMap { value in
                let inside = fragment.matches.filter { value.contains($0.start) }
                if inside.isEmpty { return nil }
                return (
                    Fragment(
                        start: max(fragment.start, value.lowerBound), end: min(fragment.end, value.upperBound), matches: inside), value
                )
            }
        }
    }

    private func format(_ fragment: Fragment, _ text: HighlightedText, _ value: Range<Int>) -> String {
        let start = options.fragmentCount == 0 ? fragment.start : self.start(fragment.start, text, value)
        let end = options.fragmentCount == 0 ? fragment.end : self.end(fragment.end, text, value)
        var result = ""
        var place = start
        for match in fragment.matches where match.start >= place {
            result += options.encoded(text.units[place..<match.start]) + options.marked(text.units[match.start..<match.end])
            place = match.end
        }
        return result + options.encoded(text.units[place..<max(place, end)])
    }

    private func start(_ place: Int, _ text: HighlightedText, _ value: Range<Int>) -> Int {
        if place <= value.lowerBound { return value.lowerBound }
        switch options.boundaryScanner {
        case .chars:
            var offset = place
            for _ in 0..<max(0, options.boundaryScan) where offset > value.lowerBound {
                if options.boundaryCharacters.contains(text.units[offset - 1]) { return offset }
                offset -= 1
            }
            return offset == value.lowerBound ? offset : place
        case .sentence:
            return value.lowerBound + (TextBoundaries.sentences(text.units[value]).preceding(place - value.lowerBound + 1) ?? 0)
        case .word:
            return value.lowerBound + (TextBoundaries.words(text.units[value]).preceding(place - value.lowerBound + 1) ?? 0)
        }
    }

    private func end(_ place: Int, _ text: HighlightedText, _ value: Range<Int>) -> Int {
        if place >= value.upperBound { return value.upperBound }
        switch options.boundaryScanner {
        case .chars:
            var offset = place
            for _ in 0..<max(0, options.boundaryScan) where offset < value.upperBound {
                if options.boundaryCharacters.contains(text.units[offset]) { return offset }
                offset += 1
            }
            return place
        case .sentence:
            return value.lowerBound + (TextBoundaries.sentences(text.units[value]).following(place - value.lowerBound) ?? value.count)
        case .word:
            return value.lowerBound + (TextBoundaries.words(text.units[value]).following(place - value.lowerBound) ?? value.count)
        }
    }

    private func nothing(_ text: HighlightedText) -> [String] {
        guard options.noMatchSize > 0, let value = text.values.first(where: { !$0.isEmpty }) else { return [] }
        let end = self.end(value.lowerBound + min(options.noMatchSize, value.count), text, value)
        return [options.encoded(text.units[value.lowerBound..<end])]
    }
}
