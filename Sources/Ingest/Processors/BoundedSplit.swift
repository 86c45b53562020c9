internal import Scripts

/// Cuts texts at the matches of an expression.
struct BoundedSplit: Sendable {
    private let pattern: BoundedRegex

    init?(_ source: String) {
        guard let pattern = BoundedRegex(source) else { return nil }
        self.pattern = pattern
    }

    /// - Throws: `IngestFault.patternTooSlow`.
    func parts(_ text: String, limit: Int) throws(IngestFault) -> [String] {
        let scalars = Array(text.unicodeScalars)
        var parts: [String] = [], start = 0, position = 0, steps = TextProcessor.maximumSteps
        do {
            while parts.count < limit - 1, position <= scalars.count,
                let groups = try pattern.firstMatch(scalars, from: position, &steps), let range = groups.first ?? nil
            {
                position = range.isEmpty ? range.upperBound + 1 : range.upperBound
                if range.isEmpty { continue }
                parts.append(BoundedRegex.text(scalars[start..<range.lowerBound]))
                start = range.upperBound
            }
        } catch {
            throw .patternTooSlow
        }
        parts.append(BoundedRegex.text(scalars[start...]))
        return parts
    }
}
