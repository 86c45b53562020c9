/// Stemmers that remove little: plurals and a few endings. By the rules of Jacques Savoy, as Lucene has them.
///
/// Source: http://members.unine.ch/jacques.savoy/clef/
enum LightStemmers {
    private typealias Word = [Unicode.Scalar]

    private static func edit(_ term: String, _ body: (inout Word) -> Void) -> String {
        var word = Array(term.unicodeScalars)
        body(&word)
        return String(String.UnicodeScalarView(word))
    }

    private static func fold(_ word: inout Word, _ pairs: [Unicode.Scalar: Unicode.Scalar]) {
        for index in word.indices { if let plain = pairs[word[index]] { word[index] = plain } }
    }

    private static let germanVowels: [Unicode.Scalar: Unicode.Scalar] = [
        "ä": "a", "à": "a", "á": "a", "â": "a", "ö": "o", "ò": "o", "ó": "o", "ô": "o", "ï": "i", "ì": "i", "í": "i", "î": "i", "ü": "u",
        "ù": "u", "ú": "u", "û": "u",
    ]

    static func german(_ term: String) -> String {
        edit(term) { word in
            fold(&word, germanVowels)
            removeGermanDeclension(&word)
            let count = word.count
            if count > 5, word.hasSuffix("est") {
                word.removeLast(3)
            } else if count > 4, word.hasSuffix("er") || word.hasSuffix("en") {
                word.removeLast(2)
            } else if count > 4, word.hasSuffix("st"), isBeforeGermanS(word[count - 3]) {
                word.removeLast(2)
            }
        }
    }

    private static func isBeforeGermanS(_ scalar: Unicode.Scalar) -> Bool { "bdfghklmnt".unicodeScalars.contains(scalar) }

    private static func removeGermanDeclension(_ word: inout Word) {
        let count = word.count
        if count > 5, word.hasSuffix("ern") {
            word.removeLast(3)
        } else if count > 4, ["em", "en", "er", "es"].contains(where: { word.hasSuffix($0) }) {
            word.removeLast(2)
        } else if count > 3, word.hasSuffix("e") {
            word.removeLast()
        } else if count > 3, word.hasSuffix("s"), isBeforeGermanS(word[count - 2]) {
            word.removeLast()
        }
    }

    static func spanish(_ term: String) -> String {
        guard term.unicodeScalars.count >= 5 else { return term }
        return edit(term) { word in
            fold(
                &word,
                [
                    "à": "a", "á": "a", "â": "a", "ä": "a", "ò": "o", "ó": "o", "ô": "o", "ö": "o", "è": "e", "é": "e", "ê": "e", "ë": "e",
                    "ù": "u", "ú": "u", "û": "u", "ü": "u", "ì": "i", "í": "i", "î": "i", "ï": "i",
                ])
            switch word.last {
            case "o", "a", "e": word.removeLast()
            case "s":
                if word.hasSuffix("eses") {
                    word.removeLast(2)
                } else if word.hasSuffix("ces") {
                    word.removeLast(3)
                    word.append("z")
                } else if word.hasSuffix("os") || word.hasSuffix("as") || word.hasSuffix("es") {
                    word.removeLast(2)
                }
            default: break
            }
        }
    }

    static func italian(_ term: String) -> String {
        guard term.unicodeScalars.count >= 6 else { return term }
        return edit(term) { word in
            fold(
                &word,
                [
                    "à": "a", "á": "a", "â": "a", "ä": "a", "ò": "o", "ó": "o", "ô": "o", "ö": "o", "è": "e", "é": "e", "ê": "e", "ë": "e",
                    "ù": "u", "ú": "u", "û": "u", "ü": "u", "ì": "i", "í": "i", "î": "i", "ï": "i",
                ])
            let before = word[word.count - 2]
            switch word.last {
            case "e": word.removeLast(before == "i" || before == "h" ? 2 : 1)
            case "i": word.removeLast(before == "h" || before == "i" ? 2 : 1)
            case "a", "o": word.removeLast(before == "i" ? 2 : 1)
            default: break
            }
        }
    }

    /// Plurals alone.
    static func minimalEnglish(_ term: String) -> String {
        edit(term) { word in
            let count = word.count
            guard count >= 3, word[count - 1] == "s" else { return }
            let before = word[count - 2]
            if before == "u" || before == "s" { return }
            if before == "e" {
                if count > 3, word[count - 3] == "i", word[count - 4] != "a", word[count - 4] != "e" {
                    word.removeLast(3)
                    word.append("y")
                    return
                }
                if word[count - 3] == "i" || word[count - 3] == "a" || word[count - 3] == "o" || word[count - 3] == "e" { return }
            }
            word.removeLast()
        }
    }
}

extension [Unicode.Scalar] {
    func hasSuffix(_ text: String) -> Bool { suffix(text.unicodeScalars.count).elementsEqual(text.unicodeScalars) }
}
