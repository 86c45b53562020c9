internal import FieldIndex

/// Where sentences and words of a text end, as the JDK's `java.text.BreakIterator` has it for its root locale: what
/// Elasticsearch cuts fragments by.
///
/// Places are UTF-16 code units; the beginning and the end of the text are among them.
struct TextBoundaries {
    /// Ascending.
    let places: [Int]

    private init(places: [Int]) { self.places = places }

    /// The last place before another; nil: there is none.
    func preceding(_ place: Int) -> Int? {
        let index = places.partitioningIndex { $0 >= place }
        return index > 0 ? places[index - 1] : nil
    }

    /// The first place after another; nil: there is none.
    func following(_ place: Int) -> Int? {
        let index = places.partitioningIndex { $0 > place }
        return index < places.count ? places[index] : nil
    }

    // MARK: Sentences

    /// A sentence ends after `!`, `?` and their kin, and after a full stop that white space and a letter which is not
    /// lowercase follow, or any opening sign before a letter.
    static func sentences(_ text: ArraySlice<UInt16>) -> TextBoundaries {
        let scalars = Self.scalars(text)
        var places = [0]
        var index = 0
        while index < scalars.count {
            let kind = scalars[index].sentenceKind
            guard kind == .period || kind == .terminator else {
                index += 1
                if kind == .paragraph { places.append(scalars.place(index, text.count)) }
                continue
            }
            var hasTerminator = kind == .terminator
            var end = index + 1
            while end < scalars.count {
                let next = scalars[end].sentenceKind
                guard next == .period || next == .closing || next == .quote || next == .terminator || next == .ignored else { break }
                if next == .terminator { hasTerminator = true }
                end += 1
            }
            let closed = end
            while end < scalars.count, scalars[end].sentenceKind == .space || scalars[end].sentenceKind == .ignored { end += 1 }
            if hasTerminator {
                if end < scalars.count, scalars[end].sentenceKind == .paragraph { end += 1 }
                places.append(scalars.place(end, text.count))
            } else if Self.begins(scalars, end, afterSpace: end > closed) {
                places.append(scalars.place(end, text.count))
            }
            index = end
        }
        if places.last != text.count { places.append(text.count) }
        return TextBoundaries(places: places)
    }

    /// Whether a sentence can begin after a full stop.
    private static func begins(_ scalars: [Placed], _ index: Int, afterSpace: Bool) -> Bool {
        guard index < scalars.count else { return false }
        if scalars[index].isLetter { return afterSpace && !scalars[index].isLowercase }
        var index = index
        var hasOpening = false
        while index < scalars.count {
            switch scalars[index].sentenceKind {
            case .opening, .quote, .other: hasOpening = true
            case .letter: return hasOpening
            case .ignored: break
            case .period, .terminator, .closing, .space, .paragraph, .digit, .comma: return false
            }
            index += 1
        }
        return false
    }

    // MARK: Words

    /// A boundary lies between words, numbers, runs of white space, of Han characters and of each kana, and around every other sign.
    static func words(_ text: ArraySlice<UInt16>) -> TextBoundaries {
        let scalars = Self.scalars(text)
        var places = [0]
        var index = 0
        while index < scalars.count {
            index = Self.endOfWord(scalars, index)
            places.append(scalars.place(index, text.count))
        }
        return TextBoundaries(places: places)
    }

    private static func endOfWord(_ scalars: [Placed], _ start: Int) -> Int {
        var end = start
        func kind(_ index: Int) -> WordKind? { index < scalars.count ? scalars[index].wordKind : nil }
        switch scalars[start].wordKind {
        case .letter, .digit: break
        case .space:
            while kind(end) == .space { end += 1 }
            if end < scalars.count, scalars[end].scalar == "\r" { end += 1 }
            if kind(end) == .line { end += 1 }
            return end
        case .line: return start + 1
        case .han, .hiragana, .katakana:
            let wanted = scalars[start].wordKind
            while kind(end) == wanted || (wanted != .han && kind(end) == .mark) { end += 1 }
            return end
        case .numberPrefix, .other, .mark:
            if scalars[start].scalar == "\r", kind(start + 1) == .line { return start + 2 }
            // A sign before a number belongs to it.
            guard scalars[start].isNumberPrefix, kind(start + 1) == .digit else {
                end = start + 1
                while end < scalars.count, scalars[end].isEnclosing { end += 1 }
                return end
            }
            end = start + 1
        }
        var isNumber = false
        while let next = kind(end) {
            if next == .letter || next == .digit {
                isNumber = next == .digit
                end += 1
            } else if scalars[end].isEnclosing {
                end += 1
            } else if let following = kind(end + 1), following == .letter || following == .digit,
                isNumber == (following == .digit), isNumber ? scalars[end].joinsNumbers : scalars[end].joinsWords {
                end += 1
            } else {
                break
            }
        }
        if isNumber, end < scalars.count, scalars[end].isNumberSuffix { end += 1 }
        return end
    }

    // MARK: Characters

    enum SentenceKind {
        case letter, digit, period, terminator, opening, closing, quote, comma, space, paragraph, ignored, other
    }

    enum WordKind {
        case letter, digit, space, line, han, hiragana, katakana, mark, numberPrefix, other
    }

    struct Placed {
        var scalar: Unicode.Scalar
        var place: Int
    }

    private static func scalars(_ text: ArraySlice<UInt16>) -> [Placed] {
        var found: [Placed] = []
        found.reserveCapacity(text.count)
        var place = 0
        for scalar in String(decoding: text, as: UTF16.self).unicodeScalars {
            found.append(Placed(scalar: scalar, place: place))
            place += UTF16.width(scalar)
        }
        return found
    }
}
