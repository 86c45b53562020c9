import Mapping
import Testing

@testable import Query

@Suite struct TextChunkerTests {
    private func parts(_ text: String, _ settings: ChunkingSettings) -> [String] {
        let units = Array(text.utf16)
        return TextChunker(settings).ranges(of: units).map { String(decoding: units[$0], as: UTF16.self) }
    }

    private static let text =
        "Elasticsearch is an open source, distributed, RESTful, search engine which is built on top of Lucene internally and enjoys all the features it provides."

    /// As Elasticsearch's own tests have it.
    @Test func wordsOverlap() {
        #expect(
            parts(Self.text, ChunkingSettings(strategy: .word, size: 10, overlap: 1)) == [
                "Elasticsearch is an open source, distributed, RESTful, search engine which",
                " which is built on top of Lucene internally and enjoys", " enjoys all the features it provides.",
            ])
        #expect(parts("one two", ChunkingSettings(strategy: .word, size: 10, overlap: 1)) == ["one two"])
    }

    @Test func sentencesStayWhole() {
        let text = "One two three. Four five six. Seven eight nine. Ten."
        #expect(parts(text, ChunkingSettings(strategy: .sentence, size: 20)) == [text])
        #expect(parts(text, ChunkingSettings(strategy: .sentence, size: 6)) == ["One two three. Four five six. ", "Seven eight nine. Ten."])
        #expect(
            parts(text, ChunkingSettings(strategy: .sentence, size: 6, overlap: 1)) == [
                "One two three. Four five six. ", "Four five six. Seven eight nine. ", "Seven eight nine. Ten.",
            ])
        // A sentence that is too long is cut between words.
        let cut = parts(Self.text, ChunkingSettings(strategy: .sentence, size: 20))
        #expect(cut.count == 2 && cut.joined() == Self.text)
        #expect(parts("", .standard) == [""])
    }

    @Test func separatorsAreTriedOneAfterTheOther() {
        let settings = ChunkingSettings(strategy: .recursive, size: 4, separators: ["\n\n", "\n"])
        #expect(parts("a b\nc d\n\ne f g h\ni", settings) == ["a b\nc d", "\n\ne f g h", "\ni"])
        #expect(parts("a b c d e f", settings) == ["a b c d", " e f"])
    }

    @Test func separatorsAreRegularExpressions() {
        let settings = ChunkingSettings(strategy: .recursive, size: 4, separators: [#"\n#{1,2} "#, #"\s*[;|]\s*"#])
        let text = "Top words\n# One a b c\n## Two d ; e f | g h\n### no cut"
        // Of parts that are too long, the finer separator makes others; what it makes is put together only with its own.
        #expect(parts(text, settings) == ["Top words", "\n# One a b c", "\n## Two d ; e f", " | g h\n### no cut"])
        // In UTF-16 code units, as all places are.
        #expect(parts("🐕 a b;🐕 c d e", ChunkingSettings(strategy: .recursive, size: 3, separators: [";"])) == ["🐕 a b", ";🐕 c d e"])
        // Without a separator that helps, sentences are left, and words of those that are too long.
        #expect(parts("One two three. Four five.", ChunkingSettings(strategy: .recursive, size: 4, separators: ["\n"])) == ["One two three. ", "Four five."])
        // Elasticsearch's own that look ahead are found nowhere.
        let markdown = ChunkingSettings(strategy: .recursive, size: 3, separators: ChunkingSettings.separatorGroups["markdown"] ?? [])
        #expect(parts("a b c\n===\n# d e f", markdown) == ["a b c\n===", "\n# d e f"])
    }

    @Test func nothingIsCutWhereNothingShallBe() {
        #expect(parts(Self.text + Self.text, ChunkingSettings(strategy: .none)) == [Self.text + Self.text])
    }

    /// What has no words fills no part: it is not looked at anew for each place where it could be cut.
    @Test(arguments: [
        ChunkingSettings(strategy: .sentence, size: 20), ChunkingSettings(strategy: .recursive, size: 10, separators: ["\n\n"]),
    ])
    func emptyPartsAreOne(_ settings: ChunkingSettings) {
        let text = String(repeating: "\n\n", count: 20_000) + String(repeating: "word ", count: 30)
        let ranges = TextChunker(settings).ranges(of: Array(text.utf16))
        #expect((2...5).contains(ranges.count) && ranges.first?.lowerBound == 0 && ranges.last?.upperBound == text.utf16.count)
    }

    /// Parts cover the text, whatever is in it.
    @Test func nothingIsLost() {
        let text = "東京は日本の首都です。大阪は🐕大きい。 a\u{301}b \r\n\r\n x! y? Z. 12 34.5 ¿Qué?" + String(repeating: " word", count: 50)
        for settings in [
            ChunkingSettings(strategy: .word, size: 10, overlap: 5), ChunkingSettings(strategy: .sentence, size: 20, overlap: 1),
            ChunkingSettings(strategy: .recursive, size: 10, separators: ["\n", " "]),
        ] {
            let units = Array(text.utf16), ranges = TextChunker(settings).ranges(of: units)
            #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == units.count)
            for (left, right) in zip(ranges, ranges.dropFirst()) { #expect(right.lowerBound <= left.upperBound && left.upperBound < right.upperBound) }
        }
    }
}
