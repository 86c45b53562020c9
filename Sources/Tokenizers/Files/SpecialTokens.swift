/// The tokens that are recognised in raw text, exactly as written and before anything is normalised.
struct SpecialTokens: Sendable {
    enum Segment {
        case text(Substring)
        case token(Int32)
    }

    /// Longest first, so that the longest match wins.
    private let tokens: [(bytes: [UInt8], id: Int32)]
    private let firstBytes: Set<UInt8>

    init(_ tokens: [(token: String, id: Int32)]) {
        self.tokens = tokens.filter { !$0.token.isEmpty }.map { (Array($0.token.utf8), $0.id) }
            .sorted { $0.bytes.count > $1.bytes.count }
        firstBytes = Set(self.tokens.map { $0.bytes[0] })
    }

    /// Cuts `text` at the special tokens; empty stretches are left out.
    func segments(of text: String) -> [Segment] {
        let utf8 = text.utf8
        var segments: [Segment] = []
        var start = utf8.startIndex
        var position = start
        while position < utf8.endIndex {
            guard firstBytes.contains(utf8[position]),
                let match = tokens.first(where: { utf8[position...].starts(with: $0.bytes) })
            else {
                utf8.formIndex(after: &position)
                continue
            }
            if start < position { segments.append(.text(text[start..<position])) }
            segments.append(.token(match.id))
            utf8.formIndex(&position, offsetBy: match.bytes.count)
            start = position
        }
        if start < position { segments.append(.text(text[start..<position])) }
        return segments
    }
}
