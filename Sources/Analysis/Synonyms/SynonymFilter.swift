/// Puts synonyms in the place of what they stand for, or beside it.
///
/// As a graph, a synonym of several words gets places of its own, and `positionLength` says how the ways run side by side
/// (Lucene's `SynonymGraphFilter`); otherwise its words share the places of the words that follow (`SynonymFilter`).
struct SynonymFilter: TokenFilter {
    var rules: SynonymRules
    var isGraph: Bool

    func apply(to stream: inout TokenStream) throws(AnalysisError) {
        guard !rules.entries.isEmpty else { return }
        var output: [Token] = [], budget = OutputBudget(), index = 0
        // How far the places of a graph have moved.
        var shift = 0
        while index < stream.tokens.count {
            guard let entry = rules.match(stream.tokens[index...]) else {
                var token = stream.tokens[index]
                token.position += shift
                output.append(token)
                index += 1
                continue
            }
            let matched = Array(stream.tokens[index..<(index + entry.input.count)])
            for path in entry.outputs { for term in path { try budget.spend(term) } }
            index += entry.input.count
            if isGraph {
                let added = appendGraph(entry, matched, shift: shift, to: &output)
                shift += added - entry.input.count
            } else {
                appendFlat(entry, matched, to: &output)
            }
        }
        if !isGraph { output.sortByPosition() }
        stream.positionCount += shift
        if !isGraph, let last = output.last { stream.positionCount = max(stream.positionCount, last.position + 1) }
        stream.tokens = output
    }

    private func token(_ term: String, _ matched: [Token], position: Int, length: Int = 1) -> Token {
        Token(
            term, position: position, positionLength: length, startOffset: matched.first?.startOffset ?? 0,
            endOffset: matched.last?.endOffset ?? 0, type: .synonym)
    }

    private func appendFlat(_ entry: SynonymRules.Entry, _ matched: [Token], to output: inout [Token]) {
        guard let start = matched.first?.position else { return }
        if entry.keepsInput { output += matched }
        for path in entry.outputs {
            for (offset, term) in path.enumerated() {
                // A word in the place of one word keeps that word's offsets.
                let span = path.count == matched.count ? [matched[offset]] : matched
                // One word beside several spans their places.
                let length = path.count == 1 && entry.keepsInput ? matched.count : 1
                output.append(token(term, span, position: start + offset, length: length))
            }
        }
    }

    /// - Returns: how many places the ways take together.
    private func appendGraph(
        _ entry: SynonymRules.Entry, _ matched: [Token], shift: Int, to output: inout [Token]
    ) -> Int {
        guard let start = matched.first.map({ $0.position + shift }) else { return 0 }
        let inner = entry.outputs.reduce(entry.keepsInput ? matched.count - 1 : 0) { $0 + $1.count - 1 }
        let end = start + inner + 1
        var node = start, rest: [Token] = []
        /// One way from start to end: its first word now, the others behind all first words.
        func add(_ count: Int, _ make: (_ index: Int, _ position: Int, _ length: Int) -> Token) {
            var from = start
            for index in 0..<count {
                let to = index == count - 1 ? end : node + 1
                let made = make(index, from, to - from)
                if index == 0 { output.append(made) } else { rest.append(made) }
                if index < count - 1 { node += 1 }
                from = to
            }
        }
        for path in entry.outputs { add(path.count) { token(path[$0], matched, position: $1, length: $2) } }
        if entry.keepsInput {
            add(matched.count) { index, position, length in
                var original = matched[index]
                original.position = position
                original.positionLength = length
                return original
            }
        }
        output += rest
        return inner + 1
    }
}

extension [Token] {
    /// Stable: tokens of one place keep their order.
    mutating func sortByPosition() {
        self = enumerated().sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }.map(\.element)
    }
}
