/// Forms of letters that languages write in more than one way.
enum LetterNormalizations {
    /// `ß` as `ss`, umlauts as plain vowels, and `ae`, `oe`, `ue` as the umlauts they are written for.
    static func german(_ term: String) -> String {
        enum State { case none, vowel, umlaut }
        var result = String.UnicodeScalarView(), state = State.none
        for scalar in term.unicodeScalars {
            switch scalar {
            case "a", "o": state = .umlaut
            case "u": state = state == .none ? .umlaut : .vowel
            case "e":
                if state == .umlaut {
                    state = .vowel
                    continue
                }
                state = .vowel
            case "i", "q", "y": state = .vowel
            case "ä": result.append("a"); state = .vowel; continue
            case "ö": result.append("o"); state = .vowel; continue
            case "ü": result.append("u"); state = .vowel; continue
            case "ß": result.append(contentsOf: "ss".unicodeScalars); state = .none; continue
            default: state = .none
            }
            result.append(scalar)
        }
        return String(result)
    }

    /// `ä`, `æ` and `ö`, `ø` and `å` of the Scandinavian languages as one another's.
    static func scandinavian(_ term: String) -> String {
        var result: [Unicode.Scalar] = []
        for scalar in term.unicodeScalars {
            switch scalar {
            case "ä": result.append("æ")
            case "Ä": result.append("Æ")
            case "ö": result.append("ø")
            case "Ö": result.append("Ø")
            case "a" where result.last == "a": result[result.count - 1] = "å"
            case "e" where result.last == "a": result[result.count - 1] = "æ"
            case "o" where result.last == "a": result[result.count - 1] = "å"
            case "e" where result.last == "o", "o" where result.last == "o": result[result.count - 1] = "ø"
            default: result.append(scalar)
            }
        }
        return String(String.UnicodeScalarView(result))
    }

    /// The same letters as plain ones.
    static func scandinavianFolding(_ term: String) -> String {
        var result: [Unicode.Scalar] = []
        for scalar in term.unicodeScalars {
            switch scalar {
            case "å", "ä", "æ": result.append("a")
            case "Å", "Ä", "Æ": result.append("A")
            case "ö", "ø": result.append("o")
            case "Ö", "Ø": result.append("O")
            case "a" where result.last == "a", "o" where result.last == "a", "e" where result.last == "a": break
            case "o" where result.last == "o", "e" where result.last == "o": break
            default: result.append(scalar)
            }
        }
        return String(String.UnicodeScalarView(result))
    }

    /// One form of alef, yeh and teh marbuta; no vowel marks.
    static func arabic(_ term: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in term.unicodeScalars {
            switch scalar.value {
            case 0x622, 0x623, 0x625: result.append("\u{627}")
            case 0x649: result.append("\u{64A}")
            case 0x629: result.append("\u{647}")
            case 0x640, 0x64B...0x652: break
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// The forms of yeh, kaf and heh that Persian writes as those of Arabic.
    static func persian(_ term: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in term.unicodeScalars {
            switch scalar.value {
            case 0x6CC, 0x6D2: result.append("\u{64A}")
            case 0x6A9: result.append("\u{643}")
            case 0x6C0, 0x6C1: result.append("\u{647}")
            case 0x654: break
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// Serbian in Cyrillic as in Latin letters without marks.
    static func serbian(_ term: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in term.unicodeScalars {
            if let latin = serbianLetters[scalar] { result.append(contentsOf: latin.unicodeScalars) } else { result.append(scalar) }
        }
        return String(result)
    }

    private static let serbianLetters: [Unicode.Scalar: String] = [
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ђ": "dj", "đ": "dj", "е": "e", "ж": "z", "ž": "z", "з": "z", "и": "i", "ј": "j",
        "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c",
        "ć": "c", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "c", "č": "c", "џ": "dz", "ш": "s", "š": "s",
    ]

    /// Romanian with commas below in the place of cedillas.
    static func romanian(_ term: String) -> String {
        term.mapScalars { scalar in
            switch scalar {
            case 0x15E: 0x218
            case 0x15F: 0x219
            case 0x162: 0x21A
            case 0x163: 0x21B
            default: scalar
            }
        }
    }
}
