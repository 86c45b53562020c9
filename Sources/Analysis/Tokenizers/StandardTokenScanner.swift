/// Walks over UTF-8 from word to word: the state of `StandardTokenizer`.
struct StandardTokenScanner {
    let bytes: [UInt8]
    let maximumLength: Int
    /// The word found, in bytes.
    private(set) var start = 0
    private(set) var end = 0
    /// The same in UTF-16 code units. After the last word, `endOffset` is the length of the text.
    private(set) var startOffset = 0
    private(set) var endOffset = 0
    private(set) var type = TokenType.alphanumeric
    private(set) var isASCII = true

    init(_ bytes: [UInt8], maximumLength: Int) {
        self.bytes = bytes
        self.maximumLength = max(1, maximumLength)
    }

    /// A place in the text: in bytes and in UTF-16 code units.
    struct Place {
        var byte: Int
        var offset: Int
    }

    /// Finds the next word; false at the end of the text.
    ///
    /// - Complexity: O(*n*) for all words together.
    mutating func findNext() -> Bool {
        var here = Place(byte: end, offset: endOffset)
        while here.byte < bytes.count {
            let first = bytes[here.byte]
            if first < 0x80, asciiKinds[Int(first)] & 3 == 0 {
                // White space and most marks; `#` and `*` begin key caps, which are rare.
                if first != 0x23 && first != 0x2A || !isKeyCap(at: here) {
                    here.byte += 1
                    here.offset += 1
                    continue
                }
            }
            if scanASCIIWord(from: here) || scan(from: here) { return true }
            here = next(here)
        }
        end = here.byte
        endOffset = here.offset
        return false
    }

    /// 1 for letters, 2 for digits, 3 for `_`; 0 for what begins no word.
    private let asciiKinds = Self.kindTable

    private static let kindTable: [UInt8] = (0..<128).map { (byte: UInt8) in
        switch byte {
        case 0x41...0x5A, 0x61...0x7A: 1
        case 0x30...0x39: 2
        case 0x5F: 3
        default: 0
        }
    }

    /// Most words: letters and digits in ASCII that end at white space or at a mark that joins nothing.
    @inline(__always)
    private mutating func scanASCIIWord(from here: Place) -> Bool {
        var index = here.byte, kinds: UInt8 = 0
        let limit = min(bytes.count, here.byte + maximumLength)
        while index < limit {
            let byte = bytes[index]
            guard byte < 0x80 else { return false }
            let kind = asciiKinds[Int(byte)]
            if kind == 0 {
                // Apostrophes, points, colons and commas may join what stands around them.
                guard byte == 0x27 || byte == 0x2E || byte == 0x3A || byte == 0x2C || byte == 0x3B else { break }
                guard index + 1 < bytes.count else { break }
                guard bytes[index + 1] < 0x80, asciiKinds[Int(bytes[index + 1])] == 0 else { return false }
                break
            }
            guard kind != 3 else { return false }
            kinds |= kind
            index += 1
        }
        guard index > here.byte, index < limit || index == bytes.count else { return false }
        // A combining mark or a zero width joiner would belong to the word.
        if index < bytes.count, bytes[index] >= 0x80 { return false }
        take(from: here, to: Place(byte: index, offset: here.offset + index - here.byte), kinds == 2 ? .number : .alphanumeric)
        isASCII = true
        return true
    }

    mutating func take(from first: Place, to last: Place, _ type: TokenType) {
        start = first.byte
        end = last.byte
        startOffset = first.offset
        endOffset = last.offset
        self.type = type
        isASCII = last.byte - first.byte == last.offset - first.offset && bytes[first.byte] < 0x80 && type != .emoji
    }

    @inline(__always)
    func wordClass(at place: Place) -> WordClass { WordClass.of(UTF8Scalars.scalar(bytes, at: place.byte).value) }

    @inline(__always)
    func next(_ place: Place) -> Place {
        let length = UTF8Scalars.scalar(bytes, at: place.byte).length
        return Place(byte: place.byte + length, offset: place.offset + UTF8Scalars.utf16Length(ofBytes: length))
    }

    /// Behind the scalar here and all that belong to it.
    func nextUnit(_ place: Place) -> Place {
        var place = next(place)
        while place.byte < bytes.count, bytes[place.byte] >= 0x80, wordClass(at: place).isExtender { place = next(place) }
        return place
    }
}
