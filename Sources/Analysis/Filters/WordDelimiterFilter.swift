/// Cuts words where letters meet digits, small letters capitals, and at all that is neither.
///
/// As a graph (Lucene's `WordDelimiterGraphFilter`), joined parts span the places of what they are joined of; otherwise
/// (`WordDelimiterFilter`) they take the first of them.
struct WordDelimiterFilter: TokenFilter {
    /// What kind of character one is, to see where kinds meet.
    enum Kind {
        case lower, upper, letter, digit, alphanumeric, delimiter

        fileprivate var bits: UInt8 {
            switch self {
            case .lower: 1
            case .upper: 2
            case .letter: 3
            case .digit: 4
            case .alphanumeric: 7
            case .delimiter: 8
            }
        }
    }

    private static let (letters, digits, delimiter): (UInt8, UInt8, UInt8) = (3, 4, 8)

    var isGraph: Bool
    var generatesWords = true
    var generatesNumbers = true
    var joinsWords = false
    var joinsNumbers = false
    var joinsAll = false
    var splitsAtCase = true
    var splitsAtNumbers = true
    var keepsOriginal = false
    var cutsPossessives = true
    var adjustsOffsets = true
    var ignoresKeywords = false
    var protectedWords: Set<String> = []
    /// Kinds other than Unicode's.
    var kinds: [Unicode.Scalar: Kind] = [:]

    /// A part of a word, or several joined.
    private struct Part {
        var place: Int
        var length: Int
        /// Where it stands among the word's characters.
        var range: Range<Int>
        var text: String
    }

    func apply(to stream: inout TokenStream) throws(AnalysisError) {
        var output: [Token] = [], shift = 0, budget = OutputBudget()
        for var token in stream.tokens {
            token.position += shift
            let characters = Array(token.term.unicodeScalars)
            let ranges = parts(of: characters)
            if ignoresKeywords && token.isKeyword || ranges == [characters.indices] || protectedWords.contains(token.term) {
                output.append(token)
                continue
            }
            guard !ranges.isEmpty else {
                if keepsOriginal { output.append(token) }
                continue
            }
            let (parts, places) = combined(ranges, characters)
            // Where a filter changed the word's length, its characters' places in the text are not known.
            let isMovable = adjustsOffsets && token.endOffset - token.startOffset == token.term.utf16.count
            for part in parts {
                try budget.spend(part.text)
                var made = token
                made.term = part.text
                made.position += part.place
                made.positionLength = isGraph ? part.length : 1
                if isMovable {
                    func offset(_ index: Int) -> Int { characters[..<index].reduce(0) { $0 + UTF16.width($1) } }
                    made.startOffset = token.startOffset + offset(part.range.lowerBound)
                    made.endOffset = token.startOffset + offset(part.range.upperBound)
                }
                output.append(made)
            }
            shift += max(places, 1) - 1
        }
        stream.tokens = output
        stream.positionCount += shift
    }

    private func combined(_ ranges: [Range<Int>], _ characters: [Unicode.Scalar]) -> (parts: [Part], places: Int) {
        var parts: [Part] = [], place = 0, lastJoined = 0
        var row = Join(), all = Join()
        func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(characters[range])) }
        func write(_ join: Join) {
            if place == join.place { place += 1 }
            parts.append(Part(place: join.place, length: place - join.place, range: join.range, text: join.text))
        }
        func finishRow() {
            lastJoined = row.count
            if row.count != 1 || !generates(row.kind) { write(row) }
            row = Join()
        }
        // All that is between delimiters is a word in any case.
        if ranges.count == 1 {
            parts = [Part(place: 0, length: 1, range: ranges[0], text: text(ranges[0]))]
            place = 1
        }
        for range in ranges where ranges.count > 1 {
            let kind = wordKind(characters[range.lowerBound])
            if row.count > 0, row.kind & kind == 0 { finishRow() }
            if joinsWords && kind & Self.letters != 0 || joinsNumbers && kind & Self.digits != 0 {
                row.add(text(range), range, kind, place)
            }
            if joinsAll { all.add(text(range), range, kind, place) }
            if generates(kind) {
                parts.append(Part(place: place, length: 1, range: range, text: text(range)))
                place += 1
            }
        }
        if row.count > 0 { finishRow() }
        if all.count > lastJoined { write(all) }
        if keepsOriginal {
            place = max(place, 1)
            parts.append(Part(place: 0, length: place, range: characters.indices, text: text(characters.indices)))
        }
        let sorted = parts.enumerated().sorted {
            ($0.element.place, -$0.element.length, $0.offset) < ($1.element.place, -$1.element.length, $1.offset)
        }
        return (sorted.map(\.element), place)
    }

    /// Parts that are being joined.
    private struct Join {
        var text = ""
        var range = 0..<0
        var kind: UInt8 = 0
        var place = 0
        var count = 0

        mutating func add(_ part: String, _ range: Range<Int>, _ kind: UInt8, _ place: Int) {
            if count == 0 { (self.range, self.kind, self.place) = (range, kind, place) }
            text += part
            self.range = self.range.lowerBound..<range.upperBound
            count += 1
        }
    }

    private func generates(_ kind: UInt8) -> Bool {
        generatesWords && kind & Self.letters != 0 || generatesNumbers && kind & Self.digits != 0
    }

    // MARK: Where words are cut

    private func wordKind(_ character: Unicode.Scalar) -> UInt8 {
        let kind = self.kind(character)
        return kind == Kind.lower.bits || kind == Kind.upper.bits ? Self.letters : kind
    }

    private func kind(_ character: Unicode.Scalar) -> UInt8 {
        if let kind = kinds[character] { return kind.bits }
        let kind: Kind =
            switch character.properties.generalCategory {
            case .uppercaseLetter: .upper
            case .lowercaseLetter: .lower
            case .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark, .enclosingMark, .spacingMark: .letter
            case .decimalNumber, .letterNumber, .otherNumber: .digit
            default: character.value > 0xffff ? .alphanumeric : .delimiter
            }
        return kind.bits
    }

    private func parts(of characters: [Unicode.Scalar]) -> [Range<Int>] {
        let kinds = characters.map { kind($0) }
        let first = kinds.firstIndex { $0 & Self.delimiter == 0 } ?? characters.count
        let end = (kinds.lastIndex { $0 & Self.delimiter == 0 } ?? -1) + 1
        /// Whether `'s` stands before a place, behind a letter.
        func endsPossessive(_ place: Int) -> Bool {
            cutsPossessives && place > 2 && place <= end && characters[place - 2] == "'" && (characters[place - 1] == "s" || characters[place - 1] == "S")
                && kinds[place - 3] & Self.letters != 0 && (place == end || kinds[place] & Self.delimiter != 0)
        }
        var parts: [Range<Int>] = [], start = first
        while start < end {
            if kinds[start] & Self.delimiter != 0 {
                start += 1
                continue
            }
            var next = start + 1
            while next < end, !isBreak(kinds[next - 1], kinds[next]) { next += 1 }
            parts.append(start..<next)
            start = endsPossessive(next + 2) ? next + 2 : next
        }
        return parts
    }

    private func isBreak(_ last: UInt8, _ next: UInt8) -> Bool {
        if last & next != 0 { return false }
        let isLetter = (last & Self.letters != 0, next & Self.letters != 0)
        if !splitsAtCase, isLetter.0, isLetter.1 { return false }
        // A capital and the small letters behind it.
        if last & Kind.upper.bits != 0, isLetter.1 { return false }
        if !splitsAtNumbers, isLetter.0 && next & Self.digits != 0 || last & Self.digits != 0 && isLetter.1 { return false }
        return true
    }
}

extension WordDelimiterFilter {
    /// - Throws: `AnalysisError` for settings that it does not take.
    init(_ settings: ComponentSettings, isGraph: Bool) throws(AnalysisError) {
        try settings.refuseFile("protected_words_path")
        try settings.refuseFile("type_table_path")
        func flag(_ name: String, _ value: Bool) throws(AnalysisError) -> Bool {
            switch settings.string(name) {
            case "1": true
            case "0": false
            default: try settings.bool(name, default: value)
            }
        }
        self.isGraph = isGraph
        generatesWords = try flag("generate_word_parts", true)
        generatesNumbers = try flag("generate_number_parts", true)
        joinsWords = try flag("catenate_words", false)
        joinsNumbers = try flag("catenate_numbers", false)
        joinsAll = try flag("catenate_all", false)
        splitsAtCase = try flag("split_on_case_change", true)
        splitsAtNumbers = try flag("split_on_numerics", true)
        keepsOriginal = try flag("preserve_original", false)
        cutsPossessives = try flag("stem_english_possessive", true)
        adjustsOffsets = try flag("adjust_offsets", true)
        ignoresKeywords = try flag("ignore_keywords", false)
        protectedWords = Set(settings.strings("protected_words") ?? [])
        let names: [String: Kind] = [
            "LOWER": .lower, "UPPER": .upper, "ALPHA": .letter, "DIGIT": .digit, "ALPHANUM": .alphanumeric, "SUBWORD_DELIM": .delimiter,
        ]
        for rule in settings.lines("type_table") ?? [] {
            let sides = rule.split(separator: "=>", omittingEmptySubsequences: false).map { TermTransforms.trim(String($0)) }
            guard sides.count == 2, let kind = names[sides[1]] else {
                throw settings.invalid("type_table", "Invalid Mapping Rule : [\(rule)]. Only Lines in format [X => Y] are allowed.")
            }
            guard let character = Self.character(sides[0]) else {
                throw settings.invalid("type_table", "Invalid Mapping Rule : [\(rule)]. Only a single character is allowed.")
            }
            kinds[character] = kind
        }
    }

    /// A character, or an escape of one: `\u0024`, `\n`.
    private static func character(_ text: String) -> Unicode.Scalar? {
        let scalars = Array(text.unicodeScalars)
        if scalars.count == 1 { return scalars[0] }
        guard scalars.first == "\\" else { return nil }
        if scalars.count == 6, scalars[1] == "u" { return UInt32(text.dropFirst(2), radix: 16).flatMap { Unicode.Scalar($0) } }
        guard scalars.count == 2 else { return nil }
        return ["n": "\n", "t": "\t", "r": "\r", "b": "\u{8}", "f": "\u{c}"][scalars[1]] ?? scalars[1]
    }
}
