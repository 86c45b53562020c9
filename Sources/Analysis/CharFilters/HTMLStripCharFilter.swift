/// Removes the tags of HTML and reads its entities. Tags that begin a line become one.
struct HTMLStripCharFilter: CharFilter {
    /// Tags that stay, in small letters.
    var escapedTags: Set<String> = []

    private static let inlineTags: Set<String> = [
        "a", "abbr", "acronym", "b", "basefont", "bdo", "big", "cite", "code", "dfn", "em", "font", "i", "img", "input", "kbd", "label",
        "q", "s", "samp", "select", "small", "span", "strike", "strong", "sub", "sup", "textarea", "tt", "u", "var",
    ]
    private static let newline: [UInt8] = [0x0A]

    func filtered(_ text: SourceText) -> SourceText {
        let bytes = text.bytes
        guard bytes.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else { return text }
        var rewriter = TextRewriter(), start = 0, index = 0
        // Where no more comments, or ends of tags, come: a text of `<` alone is read once.
        var failures = Failures()
        while index < bytes.count {
            var found: (end: Int, replacement: [UInt8])?
            switch bytes[index] {
            case UInt8(ascii: "<"): found = markup(bytes, at: index, &failures)
            case UInt8(ascii: "&"): found = HTMLEntity.read(bytes, at: index)
            default: break
            }
            guard let found else {
                index += 1
                continue
            }
            rewriter.copy(bytes[start..<index])
            rewriter.replace(bytes[index..<found.end], with: found.replacement)
            index = found.end
            start = index
        }
        guard start > 0 else { return text }
        rewriter.copy(bytes[start...])
        return rewriter.finished(from: text)
    }

    private struct Failures {
        var commentEnd = false, declarationEnd = false
        /// Tags that begin before this place have no end.
        var tagEnd = 0
        /// Elements whose end tag does not come any more.
        var elements: Set<String> = []
    }

    private func markup(_ bytes: [UInt8], at start: Int, _ failures: inout Failures) -> (end: Int, replacement: [UInt8])? {
        let rest = bytes[(start + 1)...]
        if rest.starts(with: Array("!--".utf8)) {
            guard !failures.commentEnd, let end = Self.find("-->", bytes, from: start + 4) else {
                failures.commentEnd = true
                return nil
            }
            return (end, [])
        }
        if rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "?") {
            guard !failures.declarationEnd, let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) else {
                failures.declarationEnd = true
                return nil
            }
            return (end + 1, [])
        }
        let isClosing = rest.first == UInt8(ascii: "/")
        let name = Self.name(bytes, at: start + (isClosing ? 2 : 1))
        guard !name.isEmpty, !escapedTags.contains(name), start >= failures.tagEnd else { return nil }
        var openQuote = bytes.count
        guard let end = Self.tagEnd(bytes, from: start + 1 + name.utf8.count, openQuote: &openQuote) else {
            failures.tagEnd = openQuote
            return nil
        }
        if !isClosing, name == "script" || name == "style", !failures.elements.contains(name) {
            if let closing = Self.find("</" + name, bytes, from: end),
                let last = Self.tagEnd(bytes, from: closing, openQuote: &openQuote)
            {
                return (last, Self.newline)
            }
            failures.elements.insert(name)
        }
        return (end, Self.inlineTags.contains(name) ? [] : Self.newline)
    }

    /// The name of a tag in small letters; empty if none begins here.
    private static func name(_ bytes: [UInt8], at start: Int) -> String {
        var name: [UInt8] = [], index = start
        while index < bytes.count, name.count < 32 {
            let byte = bytes[index], lower = byte | 0x20
            guard (0x61...0x7A).contains(lower) || !name.isEmpty && ((0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x3A)
            else { break }
            name.append((0x41...0x5A).contains(byte) ? lower : byte)
            index += 1
        }
        guard index < bytes.count else { return "" }
        let isEnd = bytes[index] == UInt8(ascii: ">") || bytes[index] == UInt8(ascii: "/") || bytes[index] <= 0x20
        return isEnd ? String(decoding: name, as: UTF8.self) : ""
    }

    /// Behind the `>` of a tag; quoted attributes may contain others.
    ///
    /// - Parameter openQuote: where the quote stands that does not end, if that is why there is no end.
    private static func tagEnd(_ bytes: [UInt8], from start: Int, openQuote: inout Int) -> Int? {
        var index = start, quote: UInt8?
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
                openQuote = index
            } else if byte == UInt8(ascii: ">") {
                return index
            }
        }
        if quote == nil { openQuote = bytes.count }
        return nil
    }

    /// Behind a text in small letters, whatever the case of the bytes.
    private static func find(_ text: String, _ bytes: [UInt8], from start: Int) -> Int? {
        let wanted = Array(text.utf8)
        guard start >= 0, start + wanted.count <= bytes.count else { return nil }
        func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
        for index in start...(bytes.count - wanted.count)
        where wanted.indices.allSatisfy({ lower(bytes[index + $0]) == wanted[$0] }) {
            return index + wanted.count
        }
        return nil
    }
}
