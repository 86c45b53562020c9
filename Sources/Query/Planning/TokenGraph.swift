internal import Analysis

/// Words of a query that run side by side in ways of different lengths, as synonyms of several words do.
struct TokenGraph {
    /// What stands between two places that every way comes through.
    enum Segment: Equatable {
        /// One word, or several of which any will do.
        case words([String], position: Int)
        /// The ways there are, each of one word or several.
        case ways([[String]])
    }

    /// How many ways are told of one after the other.
    static let maximumWays = 1024

    private let tokens: [Token]

    /// - Returns: nil where every word takes one place. Bigrams and shingles overlap, but are not in place of one another.
    init?(_ tokens: [Token]) {
        guard tokens.contains(where: { $0.positionLength > 1 }),
            !tokens.contains(where: { $0.type == .shingle || $0.type == .double || $0.type == .single })
        else { return nil }
        self.tokens = tokens.sorted { $0.position < $1.position }
    }

    /// - Returns: nil if there are more ways than `maximumWays`.
    /// - Complexity: O(words² + ways · words).
    func segments() -> [Segment]? {
        var segments: [Segment] = [], start = 0
        while start < tokens.count {
            var end = start, reach = tokens[start].position
            // As long as a way that began before goes on.
            while end < tokens.count, end == start || tokens[end].position < reach {
                reach = max(reach, tokens[end].position + tokens[end].positionLength)
                end += 1
            }
            let part = Array(tokens[start..<end])
            if part.allSatisfy({ $0.position == part[0].position && $0.position + $0.positionLength == reach }) {
                segments.append(.words(part.map(\.term).uniqued(), position: part[0].position))
            } else {
                guard let ways = Self.ways(part) else { return nil }
                segments.append(.ways(ways))
            }
            start = end
        }
        return segments
    }

    /// Every way from the first place to the last.
    ///
    /// - Returns: nil if there are more ways than `maximumWays`.
    func ways() -> [[String]]? {
        guard let segments = segments() else { return nil }
        var ways: [[String]] = [[]]
        for segment in segments {
            let next = switch segment {
                case .words(let terms, _): terms.map { [$0] }
                case .ways(let ways): ways
                }
            guard ways.count * next.count <= Self.maximumWays else { return nil }
            ways = ways.flatMap { way in next.map { way + $0 } }
        }
        return ways
    }

    private static func ways(_ tokens: [Token]) -> [[String]]? {
        var open: [(place: Int, terms: [String])] = [(tokens[0].position, [])], ways: [[String]] = []
        while let (place, terms) = open.popLast() {
            // A place without words was left out by a filter: the way goes on behind it.
            guard let next = tokens.first(where: { $0.position >= place })?.position else {
                if !ways.contains(terms) { ways.append(terms) }
                continue
            }
            // The last is taken first, so ways come in the order of their words.
            for token in tokens.reversed() where token.position == next {
                open.append((token.position + token.positionLength, terms + [token.term]))
            }
            guard open.count + ways.count <= maximumWays else { return nil }
        }
        return ways
    }
}

extension [String] {
    fileprivate func uniqued() -> [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
