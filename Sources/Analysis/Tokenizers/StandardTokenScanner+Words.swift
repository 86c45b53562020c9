extension StandardTokenScanner {
    /// The longest word that begins here; what Lucene's grammar has first wins among equals.
    mutating func scan(from here: Place) -> Bool {
        let first = wordClass(at: here)
        var best: (end: Place, type: TokenType)?
        func consider(_ end: Place?, _ type: TokenType) {
            guard let end, end.byte > best?.end.byte ?? here.byte else { return }
            best = (end, type)
        }
        consider(emojiEnd(from: here, first), .emoji)
        if first.kind.isWordPart, let word = wordEnd(from: here) { consider(word.end, word.type) }
        if first.isComplex { consider(run(from: here) { $0.isComplex }, .southeastAsian) }
        switch first.kind {
        case .han: consider(nextUnit(here), .ideographic)
        case .hiragana: consider(nextUnit(here), .hiragana)
        default: break
        }
        guard let best else { return false }
        take(from: here, to: bounded(best.end, from: here), best.type)
        return true
    }

    /// The last whole scalar within the longest word allowed.
    private func bounded(_ end: Place, from here: Place) -> Place {
        guard end.offset - here.offset > maximumLength else { return end }
        var place = next(here)
        while place.byte < end.byte {
            let further = next(place)
            guard further.offset - here.offset <= maximumLength else { break }
            place = further
        }
        return place
    }

    private func run(from here: Place, _ accepts: (WordClass) -> Bool) -> Place {
        var place = here
        while place.byte < bytes.count, place.offset - here.offset <= maximumLength, accepts(wordClass(at: place)) {
            place = nextUnit(place)
        }
        return place
    }

    /// Rules WB5 to WB13b: letters, digits and katakana with what joins them. What stands here is one of these.
    private func wordEnd(from here: Place) -> (end: Place, type: TokenType)? {
        var place = here, accepted: Place?
        var previous = WordClass.Kind.other
        var seen = Seen()
        // A letter of Hebrew that a mark has joined takes no second mark.
        var mayQuote = false
        while place.byte < bytes.count, place.offset - here.offset <= maximumLength {
            let kind = wordClass(at: place).kind
            if place.byte == here.byte || Self.joins(previous, kind) {
                let behind = nextUnit(place)
                // A piece of a word that is too long ends where it still fits.
                if let accepted, behind.offset - here.offset > maximumLength { return (accepted, seen.type) }
                seen.note(kind)
                previous = kind
                mayQuote = kind == .hebrew
                place = behind
                if seen.isWord { accepted = place }
                continue
            }
            // What joins only if the right thing follows.
            let behind = nextUnit(place)
            let following = behind.byte < bytes.count ? wordClass(at: behind).kind : .other
            if Self.joins(previous, kind, following), kind != .doubleQuote || mayQuote {
                let end = nextUnit(behind)
                if end.offset - here.offset > maximumLength {
                    if mayQuote, kind == .singleQuote, behind.offset - here.offset <= maximumLength {
                        return (behind, seen.type)
                    }
                    break
                }
                seen.note(following)
                seen.isMixed = true
                previous = following
                mayQuote = false
                place = end
                accepted = place
            } else if mayQuote, kind == .singleQuote {
                place = behind
                // Letters and digits may follow, but no katakana and no second mark.
                previous = .singleQuote
                mayQuote = false
                accepted = place
                seen.isMixed = true
            } else {
                break
            }
        }
        return accepted.map { ($0, seen.type) }
    }

    /// WB5, WB8 to WB10, WB13 to WB13b.
    private static func joins(_ left: WordClass.Kind, _ right: WordClass.Kind) -> Bool {
        switch right {
        // A quote is only ever to the left where it ends a word of Hebrew.
        case .letter, .hangul, .hebrew, .numeric:
            left.isLetter || left == .numeric || left == .extendNumberLetter || left == .singleQuote
        case .katakana: left == .katakana || left == .extendNumberLetter
        case .extendNumberLetter: left.isWordPart || left == .singleQuote
        default: false
        }
    }

    /// WB6, WB7, WB7b, WB7c, WB11 and WB12.
    private static func joins(_ left: WordClass.Kind, _ middle: WordClass.Kind, _ right: WordClass.Kind) -> Bool {
        switch middle {
        case .midLetter: left.isLetter && right.isLetter
        case .midNumber: left == .numeric && right == .numeric
        case .midNumberLetter, .singleQuote: left.isLetter && right.isLetter || left == .numeric && right == .numeric
        case .doubleQuote: left == .hebrew && right == .hebrew
        default: false
        }
    }

    /// What a word is made of, for its type.
    private struct Seen {
        private var hasNumber = false, hasHangul = false, hasKatakana = false, hasLetter = false
        var isMixed = false

        mutating func note(_ kind: WordClass.Kind) {
            switch kind {
            case .numeric: hasNumber = true
            case .hangul: hasHangul = true
            case .katakana: hasKatakana = true
            case .letter, .hebrew: hasLetter = true
            default: isMixed = true
            }
        }

        var isWord: Bool { hasNumber || hasHangul || hasKatakana || hasLetter }

        var type: TokenType {
            switch (hasNumber, hasHangul, hasKatakana, hasLetter) {
            case (true, false, false, false): .number
            case (false, true, false, false) where !isMixed: .hangul
            case (false, false, true, false) where !isMixed: .katakana
            default: .alphanumeric
            }
        }
    }
}

extension WordClass.Kind {
    var isLetter: Bool { self == .letter || self == .hangul || self == .hebrew }
    var isWordPart: Bool { isLetter || self == .numeric || self == .katakana || self == .extendNumberLetter }
}
