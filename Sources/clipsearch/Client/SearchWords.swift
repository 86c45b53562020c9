/// What somebody searches for in one line, as the page reads it: words, and behind a minus what is not wanted, `flower -rose`.
struct SearchWords: Equatable, Sendable {
    /// How much unwanted words count against the others where they do not say, as `-rose^0.2` does.
    static let unwantedWeight: Float = 0.4

    /// Nil: only something else is asked for.
    var wanted: String?
    var unwanted: [String] = []

    /// - Parameter hasOthers: something else is asked for, too. A minus means nothing where nothing else is wanted.
    init(_ line: String, hasOthers: Bool) {
        let words = line.split(whereSeparator: \.isWhitespace), isUnwanted = { (word: Substring) in word.count > 1 && word.hasPrefix("-") }
        let wanted = words.filter { !isUnwanted($0) }.joined(separator: " ")
        guard hasOthers || !wanted.isEmpty else {
            self.wanted = line
            return
        }
        self.wanted = wanted.isEmpty ? nil : wanted
        unwanted = words.filter(isUnwanted).map { String($0.dropFirst()) }
    }
}
