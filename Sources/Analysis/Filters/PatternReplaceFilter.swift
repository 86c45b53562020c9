/// Replaces what a pattern matches in each term.
struct PatternReplaceFilter: TokenFilter {
    var pattern: Pattern
    var replacement: PatternReplacement
    var replacesAll = true

    func apply(to stream: inout TokenStream) throws(AnalysisError) {
        for index in stream.tokens.indices {
            let subject = PatternSubject(Array(stream.tokens[index].term.utf8))
            var matches = try pattern.matches(in: subject)
            guard !matches.isEmpty else { continue }
            if !replacesAll { matches = Array(matches.prefix(1)) }
            var bytes: [UInt8] = [], end = 0
            for match in matches {
                bytes += subject.bytes(end..<match.range.lowerBound)
                bytes += replacement.expanded(match, in: subject)
                end = match.range.upperBound
            }
            bytes += subject.bytes(end..<subject.count)
            guard bytes.count <= OutputBudget.maximumBytes else { throw .outputTooLarge(limit: OutputBudget.maximumBytes) }
            stream.tokens[index].term = String(decoding: bytes, as: UTF8.self)
        }
    }
}

/// A replacement in Java's form: `$1` and `${name}` stand for groups, a backslash takes away the meaning.
struct PatternReplacement: Sendable {
    private enum Part: Sendable {
        case literal([UInt8])
        case group(Int)
    }

    private var parts: [Part] = []

    /// - Throws: `AnalysisError.unsupportedPattern` for a group that the pattern does not have.
    init(_ text: String, for pattern: Pattern) throws(AnalysisError) {
        let bytes = Array(text.utf8)
        var literal: [UInt8] = [], index = 0
        func finish(_ parts: inout [Part]) {
            if !literal.isEmpty { parts.append(.literal(literal)) }
            literal = []
        }
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\") where index + 1 < bytes.count:
                literal.append(bytes[index + 1])
                index += 2
            case UInt8(ascii: "$"):
                index += 1
                guard let number = Self.group(bytes, &index, pattern), number <= pattern.groupCount else {
                    throw .unsupportedPattern(text, reason: "No such group in the replacement")
                }
                finish(&parts)
                parts.append(.group(number))
            case let byte:
                literal.append(byte)
                index += 1
            }
        }
        finish(&parts)
    }

    private static func group(_ bytes: [UInt8], _ index: inout Int, _ pattern: Pattern) -> Int? {
        func digit(_ index: Int) -> Int? {
            guard index < bytes.count, (0x30...0x39).contains(bytes[index]) else { return nil }
            return Int(bytes[index]) - 0x30
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: "{"), let end = bytes[index...].firstIndex(of: UInt8(ascii: "}")) {
            let name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
            index = end + 1
            return pattern.program.groupNames[name]
        }
        guard var number = digit(index) else { return nil }
        index += 1
        // As many digits as still name a group.
        while let next = digit(index), number * 10 + next <= pattern.groupCount {
            number = number * 10 + next
            index += 1
        }
        return number
    }

    func expanded(_ match: Pattern.Match, in subject: PatternSubject) -> [UInt8] {
        parts.flatMap { part -> [UInt8] in
            switch part {
            case .literal(let bytes): bytes
            case .group(let number): match.groups[number].map { subject.bytes($0) } ?? []
            }
        }
    }
}
