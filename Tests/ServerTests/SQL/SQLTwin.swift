import JSON

/// A table in memory, and random statements over it with the rows that they have.
struct SQLTwin {
    /// A document: its columns `id`, `k`, `t` (a text with a keyword), `n`, `f`, `b`, `d`.
    typealias Row = [String: JSONValue]

    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 31
        }
    }

    /// A condition in words, and the rows that it holds for: negated ones are others, since nothing compares with what is missing.
    struct Condition {
        var text: String
        var holds: (Row, _ isNegated: Bool) -> Bool
    }

    var generator: Generator
    let rows: [Row]

    init(seed: UInt64, count: Int) {
        var generator = Generator(state: seed)
        rows = (0..<count).map { id in
            var row: Row = ["id": .int(id)]
            func isThere() -> Bool { Int.random(in: 0..<5, using: &generator) > 0 }
            if isThere() { row["k"] = .string(Self.words.randomElement(using: &generator) ?? "") }
            if isThere() { row["t"] = .string(Self.words.randomElement(using: &generator) ?? "") }
            if isThere() { row["n"] = .int(Int.random(in: -5...5, using: &generator)) }
            if isThere() { row["f"] = .double(Double(Int.random(in: -8...8, using: &generator)) / 4) }
            if isThere() { row["b"] = .bool(Bool.random(using: &generator)) }
            if isThere() { row["d"] = .string(Self.dates.randomElement(using: &generator) ?? "") }
            return row
        }
        self.generator = generator
    }

    static let words = ["a", "ab", "abc", "b", "ba", "a%b", "a*b", "x_y", "it's", "é"]
    static let dates = ["2023-12-31T23:59:59.999Z", "2024-01-01T00:00:00.000Z", "2024-01-01T12:30:00.000Z", "2024-02-29T00:00:00.000Z"]

    /// The `_bulk` that indexes the rows.
    var bulk: String {
        rows.map { row in
            let id = String(decoding: (row["id"] ?? .null).serialized(), as: UTF8.self)
            let source = JSONValue.object(JSONMembers(row.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
            return #"{"index":{"_id":"\#(id)"}}"# + "\n" + String(decoding: source.serialized(), as: UTF8.self) + "\n"
        }.joined()
    }

    // MARK: Conditions

    mutating func condition(depth: Int) -> Condition {
        if depth > 0, Int.random(in: 0..<3, using: &generator) > 0 {
            switch Int.random(in: 0..<5, using: &generator) {
            case 0:
                let inner = condition(depth: depth - 1)
                return Condition(text: "NOT (\(inner.text))") { inner.holds($0, !$1) }
            case 1, 2: return joined("AND", depth)
            default: return joined("OR", depth)
            }
        }
        return predicate()
    }

    private mutating func joined(_ word: String, _ depth: Int) -> Condition {
        let parts = (0..<Int.random(in: 2...3, using: &generator)).map { _ in condition(depth: depth - 1) }
        return Condition(text: parts.map { "(\($0.text))" }.joined(separator: " \(word) ")) { row, isNegated in
            (word == "AND") != isNegated ? parts.allSatisfy { $0.holds(row, isNegated) } : parts.contains { $0.holds(row, isNegated) }
        }
    }

    private mutating func predicate() -> Condition {
        let name = ["k", "t", "n", "f", "b", "d"].randomElement(using: &generator) ?? "k"
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return Condition(text: "\(name) IS NULL") { ($0[name] == nil) != $1 }
        case 1:
            let values = (0..<Int.random(in: 1...3, using: &generator)).map { _ in constant(name) }
            return Condition(text: "\(name) IN (\(values.map(Self.text).joined(separator: ", ")))") { row, isNegated in
                (row[name].map { values.contains($0) } ?? false) != isNegated
            }
        case 2 where name != "b":
            let low = constant(name), high = constant(name)
            return Condition(text: "\(name) BETWEEN \(Self.text(low)) AND \(Self.text(high))") { row, isNegated in
                (row[name].map { !Self.less($0, low) && !Self.less(high, $0) } ?? false) != isNegated
            }
        case 3 where name == "k" || name == "t": return like(name)
        default: return comparison(name)
        }
    }

    private mutating func comparison(_ name: String) -> Condition {
        let value = constant(name), isMirrored = Bool.random(using: &generator)
        let signs = name == "b" ? ["=", "<>"] : ["=", "<>", "<", "<=", ">", ">="]
        let sign = signs.randomElement(using: &generator) ?? "="
        let text = isMirrored ? "\(Self.text(value)) \(Self.mirrored[sign] ?? sign) \(name)" : "\(name) \(sign) \(Self.text(value))"
        return Condition(text: text) { row, isNegated in
            guard let own = row[name] else { return (sign == "<>") != isNegated && (sign == "<>" || sign == "=") }
            let holds =
                switch sign {
                case "=": own == value
                case "<>": own != value
                case "<": Self.less(own, value)
                case "<=": !Self.less(value, own)
                case ">": Self.less(value, own)
                default: !Self.less(own, value)
                }
            return holds != isNegated
        }
    }

    private static let mirrored = ["<": ">", "<=": ">=", ">": "<", ">=": "<="]

    /// What begins, ends, or goes on in some way.
    private mutating func like(_ name: String) -> Condition {
        let word = Self.words.randomElement(using: &generator) ?? ""
        let escaped = word.map { "%_!".contains($0) ? "!\($0)" : "\($0)" }.joined()
        let (pattern, matches): (String, (String) -> Bool) =
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: (escaped + "%", { $0.hasPrefix(word) })
            case 1: ("%" + escaped, { $0.hasSuffix(word) })
            case 2: (escaped + "_", { $0.hasPrefix(word) && $0.count == word.count + 1 })
            default: (escaped, { $0 == word })
            }
        return Condition(text: "\(name) LIKE \(Self.text(.string(pattern))) ESCAPE '!'") { row, isNegated in
            (row[name]?.string.map(matches) ?? false) != isNegated
        }
    }

    private mutating func constant(_ name: String) -> JSONValue {
        switch name {
        case "n": .int(Int.random(in: -6...6, using: &generator))
        case "f": .double(Double(Int.random(in: -8...8, using: &generator)) / 4)
        case "b": .bool(Bool.random(using: &generator))
        case "d": .string(Self.dates.randomElement(using: &generator) ?? "")
        default: .string(Self.words.randomElement(using: &generator) ?? "")
        }
    }

    /// As a statement has it.
    static func text(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
        case .bool(let flag): flag ? "TRUE" : "FALSE"
        default: String(decoding: value.serialized(), as: UTF8.self)
        }
    }

    // MARK: Orders

    static func less(_ left: JSONValue, _ right: JSONValue) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.bool(let left), .bool(let right)): !left && right
        default: number(left) < number(right)
        }
    }

    static func number(_ value: JSONValue) -> Double {
        switch value {
        case .int(let value): Double(value)
        case .double(let value): value
        default: .nan
        }
    }

    struct Order {
        var name: String
        var isAscending: Bool
        var isNullFirst: Bool

        func precedes(_ left: JSONValue, _ right: JSONValue) -> Bool? {
            if left == right { return nil }
            if left == .null || right == .null { return (left == .null) == isNullFirst }
            if SQLTwin.less(left, right) { return isAscending }
            return SQLTwin.less(right, left) ? !isAscending : nil
        }

        var text: String { "\(name) \(isAscending ? "ASC" : "DESC") NULLS \(isNullFirst ? "FIRST" : "LAST")" }
    }

    mutating func order(_ name: String) -> Order {
        Order(name: name, isAscending: Bool.random(using: &generator), isNullFirst: Bool.random(using: &generator))
    }

    static func sorted(_ rows: [[JSONValue]], by orders: [(column: Int, order: Order)]) -> [[JSONValue]] {
        rows.sorted { left, right in
            for (column, order) in orders {
                if let precedes = order.precedes(left[column], right[column]) { return precedes }
            }
            return false
        }
    }
}
