/// Rules of synonyms: what sequences of terms stand for which.
struct SynonymRules: Sendable {
    struct Entry: Sendable {
        var input: [String]
        var outputs: [[String]]
        /// Whether the input stays beside the outputs.
        var keepsInput: Bool
    }

    /// The most rules, so that settings stay settings.
    static let maximumRules = 100_000

    /// By first term, the longest inputs first.
    private(set) var entries: [String: [Entry]] = [:]

    /// Reads rules in Solr's form: `a, b, c` are alike, `a, b => c` are replaced.
    ///
    /// - Parameters:
    ///   - expands: whether words that are alike stand for one another; otherwise the first stands for all.
    ///   - isLenient: leaves out rules that cannot be read.
    ///   - analyzer: the steps before the filter, through which every rule goes.
    /// - Throws: `AnalysisError.invalidSynonymRule`.
    init(solr lines: [String], expands: Bool, isLenient: Bool, analyzer: Analyzer) throws(AnalysisError) {
        guard lines.count <= Self.maximumRules else {
            throw .invalidSynonymRule(line: Self.maximumRules + 1, reason: "too many synonym rules")
        }
        var found: [[String]: Entry] = [:], order: [[String]] = []
        for (number, line) in lines.enumerated() {
            do throws(AnalysisError) {
                for rule in try Self.rules(line, number: number + 1, expands: expands, analyzer: analyzer) {
                    if found[rule.input] == nil { order.append(rule.input) }
                    var entry = found[rule.input] ?? Entry(input: rule.input, outputs: [], keepsInput: false)
                    for output in rule.outputs where !entry.outputs.contains(output) { entry.outputs.append(output) }
                    entry.keepsInput = entry.keepsInput || rule.keepsInput
                    found[rule.input] = entry
                }
            } catch {
                if !isLenient { throw error }
            }
        }
        for input in order {
            guard let entry = found[input], let first = input.first else { continue }
            entries[first, default: []].append(entry)
        }
        for (first, list) in entries { entries[first] = list.sorted { $0.input.count > $1.input.count } }
    }

    private static func rules(
        _ line: String, number: Int, expands: Bool, analyzer: Analyzer
    ) throws(AnalysisError) -> [Entry] {
        let line = line.trimmed
        guard !line.isEmpty, !line.hasPrefix("#") else { return [] }
        let sides = split(line, at: "=>")
        guard sides.count <= 2 else {
            throw .invalidSynonymRule(line: number, reason: "more than one explicit mapping specified on the same line")
        }
        func phrases(_ side: String) throws(AnalysisError) -> [[String]] {
            var phrases: [[String]] = []
            for part in split(side, at: ",") {
                let phrase = try terms(unescaped(part.trimmed), number: number, analyzer: analyzer)
                if !phrase.isEmpty { phrases.append(phrase) }
            }
            return phrases
        }
        let inputs = try phrases(sides[0])
        if sides.count == 2 {
            let outputs = try phrases(sides[1])
            return inputs.map { Entry(input: $0, outputs: outputs, keepsInput: false) }
        }
        if expands {
            return inputs.map { input in Entry(input: input, outputs: inputs.filter { $0 != input }, keepsInput: true) }
        }
        guard let first = inputs.first else { return [] }
        return inputs.map { Entry(input: $0, outputs: [first], keepsInput: false) }
    }

    private static func terms(_ text: String, number: Int, analyzer: Analyzer) throws(AnalysisError) -> [String] {
        guard !text.isEmpty else { return [] }
        let stream = try analyzer.tokens(of: text)
        guard !stream.isEmpty else {
            throw .invalidSynonymRule(line: number, reason: "term: \(text) was completely eliminated by analyzer")
        }
        for (index, token) in stream.enumerated() where token.position != index {
            let step = index == 0 ? token.position + 1 : token.position - stream[index - 1].position
            throw .invalidSynonymRule(
                line: number, reason: "term: \(text) analyzed to a token (\(token.term)) with position increment != 1 (got: \(step))")
        }
        return stream.map(\.term)
    }

    /// Cuts at a separator that no backslash stands before.
    private static func split(_ text: String, at separator: String) -> [String] {
        var parts: [String] = [], part = "", rest = text[...]
        while let character = rest.unicodeScalars.first {
            if rest.hasPrefix(separator) {
                parts.append(part)
                part = ""
                rest = rest.dropFirst(separator.count)
            } else {
                part.unicodeScalars.append(character)
                rest.unicodeScalars.removeFirst()
                if character == "\\", let next = rest.unicodeScalars.first {
                    part.unicodeScalars.append(next)
                    rest.unicodeScalars.removeFirst()
                }
            }
        }
        return parts + [part]
    }

    private static func unescaped(_ text: String) -> String {
        guard text.contains("\\") else { return text }
        var result = String.UnicodeScalarView(), isEscaped = false
        for scalar in text.unicodeScalars {
            if scalar == "\\", !isEscaped {
                isEscaped = true
                continue
            }
            isEscaped = false
            result.append(scalar)
        }
        return String(result)
    }

    /// The longest rule whose input stands at a place in the tokens.
    func match(_ tokens: ArraySlice<Token>) -> Entry? {
        guard let first = tokens.first, let candidates = entries[first.term] else { return nil }
        return candidates.first { entry in
            guard entry.input.count <= tokens.count else { return false }
            for (offset, term) in entry.input.enumerated() {
                let token = tokens[tokens.startIndex + offset]
                guard token.term == term, token.position == first.position + offset else { return false }
            }
            return true
        }
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String { TermTransforms.trim(self) }
}
