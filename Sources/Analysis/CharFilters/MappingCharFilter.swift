/// Replaces strings by strings, the longest that fits first.
struct MappingCharFilter: CharFilter {
    /// A trie: where the byte behind a node leads.
    private var edges: [Int: Int] = [:]
    private var results: [Int: [UInt8]] = [:]

    /// - Throws: `AnalysisError.invalidSetting` for a rule without `=>`.
    init(rules: [String], component: String) throws(AnalysisError) {
        var count = 1
        for rule in rules {
            guard let arrow = Self.arrow(in: rule) else {
                throw .invalidSetting(component: component, setting: "mappings", reason: "Invalid Mapping Rule : [\(rule)]")
            }
            let key = try Self.unescaped(rule[..<arrow.lowerBound], rule, component)
            let value = try Self.unescaped(rule[arrow.upperBound...], rule, component)
            guard !key.isEmpty else {
                throw .invalidSetting(component: component, setting: "mappings", reason: "cannot match the empty string")
            }
            var node = 0
            for byte in key {
                if let next = edges[node << 8 | Int(byte)] {
                    node = next
                } else {
                    edges[node << 8 | Int(byte)] = count
                    node = count
                    count += 1
                }
            }
            guard results[node] == nil else {
                throw .invalidSetting(
                    component: component, setting: "mappings",
                    reason: "match \"\(String(decoding: key, as: UTF8.self))\" was already added")
            }
            results[node] = value
        }
    }

    private static func arrow(in rule: String) -> Range<String.Index>? {
        var index = rule.startIndex
        while index < rule.endIndex {
            if rule[index...].hasPrefix("=>") { return index..<rule.index(index, offsetBy: 2) }
            index = rule.index(after: index)
        }
        return nil
    }

    /// Without white space around it, and with `\n`, `\u0041` and the like read.
    private static func unescaped(_ text: Substring, _ rule: String, _ component: String) throws(AnalysisError) -> [UInt8] {
        var result: [UInt8] = []
        var scalars = Array(String(text).trimmed.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            guard scalar == "\\", let next = scalars.popFirst() else {
                UTF8Scalars.append(scalar.value, to: &result)
                continue
            }
            switch next {
            case "n": result.append(0x0A)
            case "t": result.append(0x09)
            case "r": result.append(0x0D)
            case "b": result.append(0x08)
            case "f": result.append(0x0C)
            case "u":
                let digits = String(String.UnicodeScalarView(scalars.prefix(4)))
                guard digits.count == 4, let value = UInt32(digits, radix: 16) else {
                    throw .invalidSetting(component: component, setting: "mappings", reason: "Invalid escaped char in [\(rule)]")
                }
                scalars = scalars.dropFirst(4)
                UTF8Scalars.append(value, to: &result)
            default: UTF8Scalars.append(next.value, to: &result)
            }
        }
        return result
    }

    func filtered(_ text: SourceText) throws(AnalysisError) -> SourceText {
        let bytes = text.bytes
        var rewriter = TextRewriter(), start = 0, index = 0
        while index < bytes.count {
            guard let (end, result) = match(bytes, at: index) else {
                index += 1
                continue
            }
            rewriter.copy(bytes[start..<index])
            rewriter.replace(bytes[index..<end], with: result)
            guard rewriter.bytes.count <= OutputBudget.maximumBytes else { throw .outputTooLarge(limit: OutputBudget.maximumBytes) }
            index = end
            start = end
        }
        guard start > 0 else { return text }
        rewriter.copy(bytes[start...])
        return rewriter.finished(from: text)
    }

    private func match(_ bytes: [UInt8], at start: Int) -> (end: Int, result: [UInt8])? {
        var node = 0, index = start, best: (Int, [UInt8])?
        while index < bytes.count, let next = edges[node << 8 | Int(bytes[index])] {
            node = next
            index += 1
            if let result = results[node] { best = (index, result) }
        }
        return best
    }
}
