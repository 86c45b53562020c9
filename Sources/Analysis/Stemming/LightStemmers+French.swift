extension LightStemmers {
    /// An ending of words of more than `length` letters, and what it becomes.
    private struct Rule {
        var length: Int
        var ending: [Unicode.Scalar]
        var replacement: [Unicode.Scalar]
        /// Whether later rules apply too.
        var continues: Bool

        init(_ length: Int, _ ending: String, _ replacement: String = "", continues: Bool = false) {
            self.length = length
            self.ending = Array(ending.unicodeScalars)
            self.replacement = Array(replacement.unicodeScalars)
            self.continues = continues
        }

        func apply(_ word: inout [Unicode.Scalar]) -> Bool {
            guard word.count > length, word.suffix(ending.count).elementsEqual(ending) else { return false }
            word.replaceSubrange((word.count - ending.count)..., with: replacement)
            return true
        }
    }

    private static let frenchRules = [
        Rule(9, "issement", "ir"), Rule(8, "issant", "ir"), Rule(6, "ement"), Rule(11, "ficatrice", "fier"), Rule(10, "ficateur", "fier"),
        Rule(9, "catrice", "quer"), Rule(8, "cateur", "quer"), Rule(8, "atrice", "er"), Rule(7, "ateur", "er"),
        Rule(6, "trice", "teur", continues: true), Rule(5, "ième"), Rule(7, "teuse", "ter"), Rule(6, "teur", "ter"), Rule(5, "euse", "eu"),
        Rule(8, "ère", "er"), Rule(7, "ive", "if"), Rule(4, "folle", "fou"), Rule(4, "molle", "mou"), Rule(9, "nnelle", "n"),
        Rule(9, "nnel", "n"), Rule(4, "ète", "et", continues: true), Rule(8, "ique", continues: true), Rule(8, "esse", "e"),
        Rule(7, "inage", "in"), Rule(9, "isation"), Rule(9, "isateur"), Rule(8, "ation"), Rule(8, "ition"),
    ]
    private static let frenchAccents: [Unicode.Scalar: Unicode.Scalar] = [
        "à": "a", "á": "a", "â": "a", "ô": "o", "è": "e", "é": "e", "ê": "e", "ù": "u", "û": "u", "î": "i", "ç": "c",
    ]

    static func french(_ term: String) -> String {
        var word = Array(term.unicodeScalars)
        if word.count > 5, word.last == "x" {
            if word.hasSuffix("aux"), word[word.count - 4] != "e" { word[word.count - 2] = "l" }
            word.removeLast()
        }
        if word.count > 3, word.last == "x" { word.removeLast() }
        if word.count > 3, word.last == "s" { word.removeLast() }
        for rule in frenchRules where rule.apply(&word) {
            if rule.ending.elementsEqual("ement".unicodeScalars) { _ = Rule(3, "ive", "if").apply(&word) }
            if rule.ending.elementsEqual("isation".unicodeScalars) { _ = Rule(5, "ual", "uel").apply(&word) }
            if !rule.continues { break }
        }
        tidyFrench(&word)
        return String(String.UnicodeScalarView(word))
    }

    /// Accents and double letters, then a last `-er`, `-e` or `-ie`.
    private static func tidyFrench(_ word: inout [Unicode.Scalar]) {
        if word.count > 4 {
            var tidy: [Unicode.Scalar] = []
            for scalar in word {
                let plain = frenchAccents[scalar] ?? scalar
                if plain == tidy.last, CharacterKind.isLetter(plain.value) { continue }
                tidy.append(plain)
            }
            word = tidy
        }
        if word.count > 4, word.hasSuffix("ie") { word.removeLast(2) }
        guard word.count > 4 else { return }
        for letter in ["r", "e", "e"] as [Unicode.Scalar] where word.last == letter { word.removeLast() }
        if let last = word.last, word.count > 1, last == word[word.count - 2], CharacterKind.isLetter(last.value) { word.removeLast() }
    }

    private static let portuguesePlurals = [
        Rule(4, "res", "r"), Rule(4, "ses", "s"), Rule(4, "les", "l"), Rule(4, "zes", "z"), Rule(3, "ns", "m"), Rule(4, "eis", "el"),
        Rule(4, "éis", "el"), Rule(4, "ais", "al"), Rule(4, "óis", "ol"), Rule(4, "is", "il"), Rule(3, "ões", "ão"), Rule(3, "ães", "ão"),
        Rule(6, "mente"), Rule(3, "s"),
    ]
    private static let portugueseFeminines = [
        Rule(7, "inha", "inho"), Rule(7, "iaca", "iaco"), Rule(7, "eira", "eiro"), Rule(6, "osa", "oso"), Rule(6, "ica", "ico"),
        Rule(6, "ida", "ido"), Rule(6, "ada", "ado"), Rule(6, "iva", "ivo"), Rule(6, "ama", "amo"), Rule(6, "ona", "ão"),
        Rule(6, "ora", "or"), Rule(6, "esa", "ês"), Rule(6, "na", "no"),
    ]
    private static let portugueseAccents: [Unicode.Scalar: Unicode.Scalar] = [
        "à": "a", "á": "a", "â": "a", "ä": "a", "ã": "a", "ò": "o", "ó": "o", "ô": "o", "ö": "o", "õ": "o", "è": "e", "é": "e", "ê": "e",
        "ë": "e", "ù": "u", "ú": "u", "û": "u", "ü": "u", "ì": "i", "í": "i", "î": "i", "ï": "i", "ç": "c",
    ]

    static func portuguese(_ term: String) -> String {
        var word = Array(term.unicodeScalars)
        guard word.count >= 4 else { return term }
        _ = portuguesePlurals.contains { $0.apply(&word) }
        if word.count > 3, word.last == "a" { _ = portugueseFeminines.contains { $0.apply(&word) } }
        if word.count > 4, word.last == "e" || word.last == "a" || word.last == "o" { word.removeLast() }
        for index in word.indices { if let plain = portugueseAccents[word[index]] { word[index] = plain } }
        return String(String.UnicodeScalarView(word))
    }
}
