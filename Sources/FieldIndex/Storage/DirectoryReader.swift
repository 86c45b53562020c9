/// Reads what `DirectoryWriter` wrote. Nil: the words end, or say what cannot be.
struct DirectoryReader {
    let memory: SegmentMemory
    let words: Section<UInt64>
    private var position = 0

    init(memory: SegmentMemory, words: Section<UInt64>) {
        self.memory = memory
        self.words = words
    }

    mutating func integer() -> Int? {
        guard position < words.count else { return nil }
        defer { position += 1 }
        return Int(exactly: Int64(bitPattern: words[position]))
    }

    /// A number that counts something: not negative, and not beyond what ordinals can count.
    mutating func number(through maximum: Int = 1 << 40) -> Int? { integer().flatMap { (0...maximum).contains($0) ? $0 : nil } }

    mutating func flag() -> Bool? { integer().map { $0 != 0 } }

    mutating func section<Element: BitwiseCopyable>(of type: Element.Type = Element.self) -> Section<Element>? {
        guard let offset = number(), let count = number() else { return nil }
        return Section(memory, offset: offset, count: count)
    }

    mutating func text() -> String? {
        guard let count = number(through: 1 << 20), position + (count + 7) / 8 <= words.count else { return nil }
        defer { position += (count + 7) / 8 }
        return String(
            decoding: (0..<count).map { UInt8(truncatingIfNeeded: words[position + $0 / 8] >> (8 * UInt64($0 % 8))) }, as: UTF8.self)
    }
}
