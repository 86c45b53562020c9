/// `minimum_should_match`: how many of some optional clauses must match.
///
/// A count, a share of them in percent, and either only where there are more clauses than a number: `3<90%`. Negative ones
/// say how many may fail.
///
/// Source: https://www.elastic.co/docs/reference/query-languages/query-dsl/query-dsl-minimum-should-match
public struct MinimumShouldMatch: Hashable, Sendable {
    private enum Amount: Hashable {
        case count(Int)
        case percent(Int)

        init?(_ text: Substring) {
            if text.last == "%" {
                guard let percent = Int32(text.dropLast()) else { return nil }
                self = .percent(Int(percent))
            } else {
                guard let count = Int32(text) else { return nil }
                self = .count(Int(count))
            }
        }

        func count(of clauses: Int) -> Int {
            switch self {
            case .count(let count): count < 0 ? clauses + count : count
            case .percent(let percent): (percent < 0 ? clauses : 0) + clauses * percent / 100
            }
        }
    }

    private struct Rule: Hashable {
        /// It holds for more clauses than these.
        var above: Int
        var amount: Amount
    }

    private var rules: [Rule]

    /// Nil for what is none of the forms.
    public init?(_ text: String) {
        rules = []
        for part in text.split(separator: " ") {
            let sides = part.split(separator: "<", omittingEmptySubsequences: false)
            switch sides.count {
            case 1:
                guard rules.isEmpty, let amount = Amount(part) else { return nil }
                rules.append(Rule(above: -1, amount: amount))
            case 2:
                guard let above = Int32(sides[0]), let amount = Amount(sides[1]) else { return nil }
                rules.append(Rule(above: Int(above), amount: amount))
            default: return nil
            }
        }
        if rules.isEmpty { return nil }
    }

    public init(_ count: Int) { rules = [Rule(above: -1, amount: .count(count))] }

    /// How many of so many clauses; never negative, and maybe more than there are.
    public func count(of clauses: Int) -> Int {
        var count = clauses
        for rule in rules {
            if clauses <= rule.above { break }
            count = rule.amount.count(of: clauses)
        }
        return max(0, count)
    }
}

extension MinimumShouldMatch: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) { self.init(value) }
}
