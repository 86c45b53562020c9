/// BERT's normalisation, as the fast tokenizers of Hugging Face compute it.
public struct BERTNormalizer: Sendable, Equatable {
    /// Drop controls, turn white space into spaces.
    public var cleansText = true
    /// Put spaces around ideographs.
    public var separatesIdeographs = true
    /// Decompose and drop nonspacing marks.
    public var stripsAccents: Bool
    public var lowercases: Bool

    /// - Parameter stripsAccents: nil follows `lowercases`.
    public init(lowercases: Bool, stripsAccents: Bool? = nil) {
        self.lowercases = lowercases
        self.stripsAccents = stripsAccents ?? lowercases
    }

    func normalize(_ text: Substring) -> [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if cleansText {
                if ReferenceUnicode.isRemoved(scalar) { continue }
                if scalar.properties.isWhitespace {
                    scalars.append(" ")
                    continue
                }
            }
            if separatesIdeographs, ReferenceUnicode.isIdeograph(scalar) {
                scalars += [" ", scalar, " "]
            } else {
                scalars.append(scalar)
            }
        }
        if stripsAccents { scalars = Normalization.decomposed(scalars).filter { !ReferenceUnicode.isNonspacingMark($0) } }
        guard lowercases else { return scalars }
        return scalars.flatMap { $0.properties.lowercaseMapping.unicodeScalars }
    }
}
