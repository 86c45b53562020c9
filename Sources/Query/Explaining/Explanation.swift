/// How a document's score came about, or why it does not match: a tree of values and Lucene's words for them.
public struct Explanation: Equatable, Sendable {
    /// A number of the formula: Elasticsearch writes counts as whole numbers.
    public enum Value: Equatable, Sendable {
        case score(Float)
        case count(Int)
    }

    public var isMatch: Bool
    public var value: Value
    public var description: String
    public var details: [Explanation]

    public init(_ value: Float, _ description: String, _ details: [Explanation] = []) {
        isMatch = true
        self.value = .score(value)
        self.description = description
        self.details = details
    }

    public init(count: Int, _ description: String) {
        isMatch = true
        value = .count(count)
        self.description = description
        details = []
    }

    /// Says why a document does not match: its value is 0.
    public static func noMatch(_ description: String, _ details: [Explanation] = []) -> Explanation {
        var explanation = Explanation(0, description, details)
        explanation.isMatch = false
        return explanation
    }

    /// 0 where nothing matches.
    public var score: Float {
        switch value {
        case .score(let score): score
        case .count(let count): Float(count)
        }
    }
}
