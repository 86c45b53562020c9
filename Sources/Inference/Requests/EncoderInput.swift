/// One item, ready for an encoder.
enum EncoderInput: Sendable {
    /// Token ids, special tokens included.
    case text([Int32])
    /// Normalised values, `[3, size, size]`.
    case image([Float])

    var isText: Bool {
        if case .text = self { true } else { false }
    }

    var tokenCount: Int {
        if case .text(let ids) = self { ids.count } else { 0 }
    }
}
