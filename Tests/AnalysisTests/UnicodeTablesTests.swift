import Testing

@testable import Analysis

struct UnicodeTablesTests {
    @Test func everyScalarWithASmallFormIsInABlock() {
        var missing: [UInt32] = []
        for value in UInt32(0)...0x1F000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let lower = scalar.properties.lowercaseMapping.unicodeScalars
            guard lower.count == 1, let expected = lower.first else { continue }
            if CaseTable.lowercase(value) != expected.value { missing.append(value) }
        }
        #expect(missing == [])
        #expect(CaseTable.lowercase(0x130) == 0x69)
        #expect(CaseTable.uppercase(0xDF) == 0xDF)
    }

    @Test func wordClassesOfKnownScalars() {
        #expect(WordClass.of(0x41).kind == .letter)
        #expect(WordClass.of(0x5D0).kind == .hebrew)
        #expect(WordClass.of(0xFF11).kind == .numeric)
        #expect(WordClass.of(0x3042).kind == .hiragana)
        #expect(WordClass.of(0x10FFFF).kind == .other)
        #expect(WordClass.of(0x1F600).isEmoji)
        #expect(WordClass.of(0xE01).isComplex)
    }

    @Test func kindsOfCharacters() {
        #expect(CharacterKind.isLetter(0x61) && !CharacterKind.isLetter(0x31))
        #expect(CharacterKind.isDigit(0x967))
        #expect(CharacterKind.isSpace(0x3000) && !CharacterKind.isSpace(0xA0))
        #expect(CharacterKind.isPunctuation(0x2D) && CharacterKind.isSymbol(0x2B))
    }

    @Test func foldsToASCII() {
        #expect(ASCIIFolding.folded("Ærøskøbing ½ “x” №") == "AEroskobing ½ \"x\" №")
        #expect(ASCIIFolding.folded("plain") == nil)
        #expect(ASCIIFolding.folded("日本") == nil)
    }
}
