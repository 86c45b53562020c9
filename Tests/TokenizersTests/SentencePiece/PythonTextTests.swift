import Testing

@testable import Tokenizers

@Suite struct PythonTextTests {
    private func lowercased(_ text: String) -> String { String(PythonText.lowercased(Array(text.unicodeScalars))) }

    @Test func lowercases() {
        #expect(lowercased("ÉCOLE Straße") == "école straße")
        #expect(Array(lowercased("İ").unicodeScalars) == ["i", "\u{307}"])
        #expect(lowercased("ΟΔΟΣ ΣΑΣ. Σ ΑΣΑ Σ.Α") == "οδος σας. σ ασα σ.α")
        #expect(lowercased("ΑΣ\u{301}") == "ας\u{301}")
    }

    @Test func spaces() {
        func spaced(_ text: String) -> String { String(PythonText.singleSpaced(Array(text.unicodeScalars))) }
        #expect(spaced(" \t a \u{1C}\u{A0}b\n") == "a b")
        #expect(spaced(" \n ").isEmpty && spaced("").isEmpty)
        #expect(PythonText.isSpace("\u{1F}") && !PythonText.isSpace("\u{200B}"))
    }

    @Test func punctuation() {
        let found = (UInt8(0)..<128).map { Unicode.Scalar($0) }.filter(PythonText.isASCIIPunctuation)
        #expect(String(found) == ##"!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"##)
        #expect(!PythonText.isASCIIPunctuation("¿"))
    }
}
