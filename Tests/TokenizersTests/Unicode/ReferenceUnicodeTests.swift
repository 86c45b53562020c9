import JSON
import Testing

@testable import Tokenizers

/// Code points, against what the reference tokenizers do with each: every one where there are characters, and some of
/// the empty and private planes.
@Suite(.enabled(if: Fixtures.hasReference, "needs ../shared/reference/unicode.json"))
struct ReferenceUnicodeTests {
    private static let scalars: [Unicode.Scalar] = (UInt32(0)...0x10FFFF).lazy
        .filter { $0 < 0x34000 || (0xE0000..<0xE0200).contains($0) || $0 % 97 == 0 }
        .compactMap(Unicode.Scalar.init)

    @Test(arguments: [
        ("bert_removed", ReferenceUnicode.isRemoved), ("bert_padded", ReferenceUnicode.isIdeograph),
        ("bert_punctuation", ReferenceUnicode.isPunctuation), ("clip_letter", ReferenceUnicode.isLetter),
        ("clip_number", ReferenceUnicode.isNumber), ("clip_space", { @Sendable in $0.properties.isWhitespace }),
    ] as [(String, @Sendable (Unicode.Scalar) -> Bool)])
    func classMatches(_ name: String, _ belongs: @Sendable (Unicode.Scalar) -> Bool) throws {
        let ranges = try #require(try Fixtures.json("\(Fixtures.reference)/unicode.json")[name]?.array)
        var expected = Set<UInt32>()
        for range in ranges {
            let ends = try #require(range.array).compactMap { $0.int }
            expected.formUnion(UInt32(ends[0])...UInt32(ends[1]))
        }
        let wrong = Self.scalars.filter { belongs($0) != expected.contains($0.value) }
        #expect(wrong == [])
    }

    @Test func uncasedMatches() throws {
        let list = try #require(try Fixtures.json("\(Fixtures.reference)/unicode.json")["bert_uncased"]?.array)
        var expected: [UInt32: String] = [:]
        for entry in list {
            let pair = Array(try #require(entry.array))
            expected[UInt32(try #require(pair[0].int))] = pair[1].string
        }
        let cased = BERTNormalizer(lowercases: false), uncased = BERTNormalizer(lowercases: true)
        let hangul: ClosedRange<UInt32> = 0xAC00...0xD7A3
        let different = Self.scalars.filter { scalar in
            guard !hangul.contains(scalar.value) else { return false }
            let text = String(scalar)[...]
            let reference = expected[scalar.value].map { Array($0.unicodeScalars) } ?? cased.normalize(text)
            return uncased.normalize(text) != reference
        }
        #expect(different == [])
    }

    @Test func lowercaseMatches() throws {
        let list = try #require(try Fixtures.json("\(Fixtures.reference)/unicode.json")["lowercase"]?.array)
        var expected: [UInt32: String] = [:]
        for entry in list {
            let pair = Array(try #require(entry.array))
            expected[UInt32(try #require(pair[0].int))] = pair[1].string
        }
        let different = Self.scalars.filter {
            let reference = expected[$0.value] ?? String($0)
            return !$0.properties.lowercaseMapping.unicodeScalars.elementsEqual(reference.unicodeScalars)
        }
        #expect(different == [])
    }
}
