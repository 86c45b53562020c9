/// Porter's stemmer for English, with the two departures of its author's own programs (`bli` and `logi`), as Lucene has it:
/// what the `english` analyzer and the `english` and `porter` stemmers use.
///
/// Source: https://tartarus.org/martin/PorterStemmer/
struct PorterStemmer {
    private var word: [UInt8]
    /// Where the stem that an ending leaves ends.
    private var stemEnd = 0

    private init(_ word: [UInt8]) {
        self.word = word
    }

    /// The stem of a word in small letters. Words of less than three letters stay.
    static func stem(_ term: String) -> String {
        guard term.utf8.count > 2, term.utf8.count > 8 || term.unicodeScalars.count > 2 else { return term }
        let bytes = Array(term.utf8)
        var stemmer = PorterStemmer(bytes)
        stemmer.removePlural()
        stemmer.replaceFinalY()
        stemmer.shortenDoubleEndings()
        stemmer.removeEndings()
        stemmer.removeLongEndings()
        stemmer.tidy()
        return stemmer.word == bytes ? term : String(decoding: stemmer.word, as: UTF8.self)
    }

    private func isConsonant(_ index: Int) -> Bool {
        switch word[index] {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"): return false
        case UInt8(ascii: "y"):
            // A y is a vowel behind a consonant; runs of them take turns.
            var start = index
            while start > 0, word[start - 1] == UInt8(ascii: "y") { start -= 1 }
            let firstIsConsonant = start == 0 || !isConsonant(start - 1)
            return (index - start) % 2 == 0 ? firstIsConsonant : !firstIsConsonant
        default: return true
        }
    }

    /// How many times a vowel is followed by a consonant in the stem: Porter's *m*.
    private var measure: Int {
        var count = 0, wasVowel = false
        for index in 0..<stemEnd {
            let isVowel = !isConsonant(index)
            if wasVowel, !isVowel { count += 1 }
            wasVowel = isVowel
        }
        return count
    }

    private var stemHasVowel: Bool { (0..<stemEnd).contains { !isConsonant($0) } }

    private func endsWithDoubleConsonant(_ end: Int) -> Bool {
        end >= 2 && word[end - 1] == word[end - 2] && isConsonant(end - 1)
    }

    /// Consonant, vowel, consonant, the last not w, x or y: `hop`.
    private func endsWithShortSyllable(_ end: Int) -> Bool {
        guard end >= 3, isConsonant(end - 1), !isConsonant(end - 2), isConsonant(end - 3) else { return false }
        return ![UInt8(ascii: "w"), UInt8(ascii: "x"), UInt8(ascii: "y")].contains(word[end - 1])
    }

    private mutating func ends(_ suffix: StaticString) -> Bool {
        let count = suffix.utf8CodeUnitCount
        let start = word.count - count
        guard start >= 0, suffix.withUTF8Buffer({ suffix in
            // The last letter rules most endings out.
            suffix.last == word.last && (0..<count).allSatisfy { suffix[$0] == word[start + $0] }
        }) else { return false }
        stemEnd = word.count - count
        return true
    }

    private mutating func setEnding(_ ending: StaticString) {
        word.removeSubrange(stemEnd...)
        ending.withUTF8Buffer { word.append(contentsOf: $0) }
    }

    private mutating func replace(_ suffix: StaticString, _ ending: StaticString) -> Bool {
        guard ends(suffix) else { return false }
        if measure > 0 { setEnding(ending) }
        return true
    }

    /// Step 1a and 1b: plurals, `-ed` and `-ing`.
    private mutating func removePlural() {
        if word.last == UInt8(ascii: "s") {
            if ends("sses") {
                setEnding("ss")
            } else if ends("ies") {
                setEnding("i")
            } else if word.count > 1, word[word.count - 2] != UInt8(ascii: "s") {
                word.removeLast()
            }
        }
        if ends("eed") {
            if measure > 0 { setEnding("ee") }
        } else if ends("ed") && stemHasVowel || ends("ing") && stemHasVowel {
            setEnding("")
            if ends("at") {
                setEnding("ate")
            } else if ends("bl") {
                setEnding("ble")
            } else if ends("iz") {
                setEnding("ize")
            } else if endsWithDoubleConsonant(word.count) {
                if let last = word.last, ![UInt8(ascii: "l"), UInt8(ascii: "s"), UInt8(ascii: "z")].contains(last) { word.removeLast() }
            } else {
                stemEnd = word.count
                if measure == 1, endsWithShortSyllable(word.count) { word.append(UInt8(ascii: "e")) }
            }
        }
    }

    /// Step 1c.
    private mutating func replaceFinalY() {
        if ends("y"), stemHasVowel { setEnding("i") }
    }

    /// Step 2: `-ization` becomes `-ize`.
    private mutating func shortenDoubleEndings() {
        _ =
            replace("ational", "ate") || replace("tional", "tion") || replace("enci", "ence") || replace("anci", "ance")
            || replace("izer", "ize") || replace("bli", "ble") || replace("alli", "al") || replace("entli", "ent")
            || replace("eli", "e") || replace("ousli", "ous") || replace("ization", "ize") || replace("ation", "ate")
            || replace("ator", "ate") || replace("alism", "al") || replace("iveness", "ive") || replace("fulness", "ful")
            || replace("ousness", "ous") || replace("aliti", "al") || replace("iviti", "ive") || replace("biliti", "ble")
            || replace("logi", "log")
    }

    /// Step 3: `-ic-`, `-full`, `-ness`.
    private mutating func removeEndings() {
        _ =
            replace("icate", "ic") || replace("ative", "") || replace("alize", "al") || replace("iciti", "ic")
            || replace("ical", "ic") || replace("ful", "") || replace("ness", "")
    }

    /// Step 4: `-ant`, `-ence` and the like behind long stems.
    private mutating func removeLongEndings() {
        let found =
            ends("al") || ends("ance") || ends("ence") || ends("er") || ends("ic") || ends("able") || ends("ible") || ends("ant")
            || ends("ement") || ends("ment") || ends("ent") || endsWithIon() || ends("ou") || ends("ism") || ends("ate")
            || ends("iti") || ends("ous") || ends("ive") || ends("ize")
        if found, measure > 1 { setEnding("") }
    }

    private mutating func endsWithIon() -> Bool {
        guard ends("ion"), stemEnd > 0 else { return false }
        return word[stemEnd - 1] == UInt8(ascii: "s") || word[stemEnd - 1] == UInt8(ascii: "t")
    }

    /// Step 5: a last `-e`, and `-ll`.
    private mutating func tidy() {
        stemEnd = word.count - 1
        if word.last == UInt8(ascii: "e") {
            let measure = measure
            if measure > 1 || measure == 1 && !endsWithShortSyllable(word.count - 1) { word.removeLast() }
        }
        stemEnd = word.count
        if word.last == UInt8(ascii: "l"), endsWithDoubleConsonant(word.count) {
            stemEnd = word.count - 1
            if measure > 1 { word.removeLast() }
        }
    }
}
