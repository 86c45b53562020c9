/// A path and all paths above it.
struct PathHierarchyTokenizer: Tokenizer {
    var delimiter: UInt8 = UInt8(ascii: "/")
    var replacement: [UInt8] = [UInt8(ascii: "/")]
    /// Parts at the beginning (at the end if reversed) that are left out.
    var skip = 0
    /// Of a domain name: what stands behind each point.
    var isReversed = false

    func tokens(of text: SourceText) throws(AnalysisError) -> TokenStream {
        let bytes = text.bytes
        let length = UTF8Scalars.utf16Count(bytes)
        var stream = TokenStream(endOffset: length)
        guard !bytes.isEmpty else { return stream }
        let delimiters = bytes.indices.filter { bytes[$0] == delimiter }
        var budget = OutputBudget()
        let spans = isReversed ? reversedSpans(delimiters, bytes.count) : spans(delimiters, bytes.count)
        // Spans share their ends, so offsets are counted once.
        let offsets = Self.offsets(of: bytes, at: spans.flatMap { [$0.lowerBound, $0.upperBound] })
        for span in spans where !span.isEmpty {
            let term = String(decoding: replaced(bytes[span]), as: UTF8.self)
            try budget.spend(term)
            stream.tokens.append(
                Token(
                    term, position: stream.tokens.count, startOffset: offsets[span.lowerBound] ?? 0, endOffset: offsets[span.upperBound] ?? length))
        }
        stream.positionCount = stream.tokens.count
        return stream
    }

    private func spans(_ delimiters: [Int], _ count: Int) -> [Range<Int>] {
        // A leading delimiter belongs to the first part.
        let cuts = delimiters.filter { $0 > 0 } + [count]
        let start = skip == 0 ? 0 : (skip <= cuts.count ? cuts[skip - 1] : count)
        return cuts.dropFirst(skip).filter { $0 > start }.map { start..<$0 }
    }

    private func reversedSpans(_ delimiters: [Int], _ count: Int) -> [Range<Int>] {
        var starts = [0] + delimiters.map { $0 + 1 }
        if starts.last == count { starts.removeLast() }
        let end = skip == 0 ? count : (skip < starts.count ? starts[starts.count - skip] : 0)
        return starts.dropLast(skip).filter { $0 < end }.map { $0..<end }
    }

    private func replaced(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        if replacement == [delimiter] { return Array(bytes) }
        return bytes.flatMap { $0 == delimiter ? replacement : [$0] }
    }

    private static func offsets(of bytes: [UInt8], at places: [Int]) -> [Int: Int] {
        var result: [Int: Int] = [:], at = 0, offset = 0
        for place in Set(places).sorted() {
            offset += UTF8Scalars.utf16Count(bytes[at..<place])
            at = place
            result[place] = offset
        }
        return result
    }
}
