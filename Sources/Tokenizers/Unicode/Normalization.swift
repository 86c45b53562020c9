// The standard library computes both normal forms, but offers them under this name only.
@_spi(_Unicode) import Swift

/// Canonical normalisation with the reference tokenizers' tables, Unicode 9.
enum Normalization {
    static func composed(_ text: Substring) -> [Unicode.Scalar] {
        normalized(Array(text.unicodeScalars)) { $0._nfc }
    }

    static func decomposed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        normalized(scalars) { $0._nfd }
    }

    /// A character that Unicode 9 does not know neither moves, nor combines, nor comes apart: the text is normalised in
    /// stretches between such characters.
    private static func normalized<Scalars: Sequence<Unicode.Scalar>>(
        _ scalars: [Unicode.Scalar], _ form: (String) -> Scalars
    ) -> [Unicode.Scalar] {
        // Below U+00C0 both forms are the text itself.
        guard scalars.contains(where: { $0.value >= 0xC0 }) else { return scalars }
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count)
        var stretch = String.UnicodeScalarView()
        for scalar in scalars {
            if ReferenceUnicode.isKnown(scalar, toVersion: 9) {
                stretch.append(scalar)
            } else {
                result += form(String(stretch))
                stretch.removeAll(keepingCapacity: true)
                result.append(scalar)
            }
        }
        result += form(String(stretch))
        return result
    }
}
