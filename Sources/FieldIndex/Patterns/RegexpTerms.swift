/// Regular expressions as terms that are made once each, so that equal ones are one, and simplified on the way: that makes
/// their derivatives finitely many.
///
/// Source: Brzozowski, "Derivatives of regular expressions" (1964); Owens, Reppy and Turon, "Regular-expression derivatives
/// reexamined" (2009).
struct RegexpTerms {
    typealias ID = Int32

    enum Term: Hashable {
        /// Matches no text.
        case nothing
        /// Matches the empty text.
        case empty
        /// One scalar of these, ascending.
        case scalars([ClosedRange<UInt32>])
        case sequence(ID, ID)
        case union([ID])
        case intersection([ID])
        case star(ID)
        case complement(ID)
    }

    private(set) var terms: [Term] = []
    private var ids: [Term: ID] = [:]
    /// Whether a term matches the empty text.
    private(set) var isNullable: [Bool] = []

    static let nothing: ID = 0
    static let empty: ID = 1
    /// Matches all texts.
    static let anything: ID = 2

    init() {
        _ = make(.nothing)
        _ = make(.empty)
        _ = make(.complement(Self.nothing))
    }

    private mutating func make(_ term: Term) -> ID {
        if let id = ids[term] { return id }
        let id = ID(terms.count)
        terms.append(term)
        ids[term] = id
        let canBeEmpty =
            switch term {
            case .nothing, .scalars: false
            case .empty, .star: true
            case .sequence(let first, let second): isNullable[Int(first)] && isNullable[Int(second)]
            case .union(let parts): parts.contains { isNullable[Int($0)] }
            case .intersection(let parts): parts.allSatisfy { isNullable[Int($0)] }
            case .complement(let inner): !isNullable[Int(inner)]
            }
        isNullable.append(canBeEmpty)
        return id
    }

    func isNullable(_ id: ID) -> Bool { isNullable[Int(id)] }

    mutating func scalars(_ ranges: [ClosedRange<UInt32>]) -> ID {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound &+ 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged.isEmpty ? Self.nothing : make(.scalars(merged))
    }

    mutating func sequence(_ first: ID, _ second: ID) -> ID {
        if first == Self.nothing || second == Self.nothing { return Self.nothing }
        if first == Self.empty { return second }
        if second == Self.empty { return first }
        if case .sequence(let head, let tail) = terms[Int(first)] {
            return make(.sequence(head, sequence(tail, second)))
        }
        return make(.sequence(first, second))
    }

    mutating func union(_ parts: [ID]) -> ID {
        var all = Set<ID>()
        for part in parts where part != Self.nothing {
            if case .union(let inner) = terms[Int(part)] { all.formUnion(inner) } else { all.insert(part) }
        }
        if all.contains(Self.anything) { return Self.anything }
        if all.count > 1, all.contains(Self.empty), all.contains(where: { $0 != Self.empty && isNullable($0) }) {
            all.remove(Self.empty)
        }
        if let only = all.first, all.count == 1 { return only }
        return all.isEmpty ? Self.nothing : make(.union(all.sorted()))
    }

    mutating func intersection(_ parts: [ID]) -> ID {
        var all = Set<ID>()
        for part in parts where part != Self.anything {
            if case .intersection(let inner) = terms[Int(part)] { all.formUnion(inner) } else { all.insert(part) }
        }
        if all.contains(Self.nothing) { return Self.nothing }
        if let only = all.first, all.count == 1 { return only }
        return all.isEmpty ? Self.anything : make(.intersection(all.sorted()))
    }

    mutating func star(_ inner: ID) -> ID {
        if inner == Self.nothing || inner == Self.empty { return Self.empty }
        if case .star = terms[Int(inner)] { return inner }
        return make(.star(inner))
    }

    mutating func complement(_ inner: ID) -> ID {
        if case .complement(let other) = terms[Int(inner)] { return other }
        return make(.complement(inner))
    }

    /// What has to follow a scalar for the whole to match; nil beyond a depth of nesting.
    mutating func derivative(of id: ID, by scalar: UInt32, depth: Int = 0) -> ID? {
        guard depth < 200 else { return nil }
        switch terms[Int(id)] {
        case .nothing, .empty: return Self.nothing
        case .scalars(let ranges): return ranges.contains { $0.contains(scalar) } ? Self.empty : Self.nothing
        case .sequence(var first, var rest):
            // Along the chain as long as what stands first may be empty.
            var parts: [ID] = []
            while true {
                guard let part = derivative(of: first, by: scalar, depth: depth + 1) else { return nil }
                parts.append(sequence(part, rest))
                guard isNullable(first) else { break }
                guard case .sequence(let next, let tail) = terms[Int(rest)] else {
                    guard let last = derivative(of: rest, by: scalar, depth: depth + 1) else { return nil }
                    parts.append(last)
                    break
                }
                (first, rest) = (next, tail)
            }
            return union(parts)
        case .union(let parts): return derivatives(of: parts, by: scalar, depth).map { union($0) }
        case .intersection(let parts): return derivatives(of: parts, by: scalar, depth).map { intersection($0) }
        case .star(let inner): return derivative(of: inner, by: scalar, depth: depth + 1).map { sequence($0, id) }
        case .complement(let inner): return derivative(of: inner, by: scalar, depth: depth + 1).map { complement($0) }
        }
    }

    private mutating func derivatives(of parts: [ID], by scalar: UInt32, _ depth: Int) -> [ID]? {
        var results: [ID] = []
        for part in parts {
            guard let result = derivative(of: part, by: scalar, depth: depth + 1) else { return nil }
            results.append(result)
        }
        return results
    }
}
