/// A regular expression that reads each character of a term once: states are made when they are first reached.
struct RegexpAutomaton {
    private var terms = RegexpTerms()
    private let start: RegexpTerms.ID
    private let pattern: String
    private let maximumStates: Int
    /// Of each state, where each ASCII character leads; -1: not known yet.
    private var rows: [RegexpTerms.ID: [Int32]] = [:]
    private(set) var literalPrefix: [UInt8] = []

    init(
        _ pattern: String, flags: RegexpFlags, ignoresCase: Bool, maximumStates: Int
    ) throws(TermPatternError) {
        var parser = RegexpParser(pattern, flags: flags, ignoresCase: ignoresCase)
        start = try parser.parse()
        terms = parser.terms
        self.pattern = pattern
        self.maximumStates = maximumStates
        literalPrefix = prefix()
    }

    /// The characters that a match begins with, as far as there is only one for each place.
    private func prefix() -> [UInt8] {
        var prefix: [UInt8] = []
        var state = start
        while true {
            let first: RegexpTerms.ID
            var rest = RegexpTerms.empty
            if case .sequence(let head, let tail) = terms.terms[Int(state)] { (first, rest) = (head, tail) } else { first = state }
            guard case .scalars(let ranges) = terms.terms[Int(first)], ranges.count == 1, let range = ranges.first,
                range.count == 1, let scalar = Unicode.Scalar(range.lowerBound)
            else { return prefix }
            prefix += Array(String(scalar).utf8)
            if rest == RegexpTerms.empty { return prefix }
            state = rest
        }
    }

    /// - Complexity: O(characters) once the states are made.
    mutating func matches(_ term: UnsafeBufferPointer<UInt8>) throws(TermPatternError) -> Bool {
        var state = start
        var position = 0
        while position < term.count {
            let byte = term[position]
            if byte < 0x80 {
                state = try next(state, ascii: byte)
                position += 1
            } else {
                var decoder = UTF8()
                var rest = UnsafeBufferPointer(rebasing: term[position...]).makeIterator()
                guard case .scalarValue(let scalar) = decoder.decode(&rest) else { return false }
                state = try derive(state, scalar.value)
                position += UTF8.width(scalar)
            }
            if state == RegexpTerms.nothing { return false }
            if state == RegexpTerms.anything { return true }
        }
        return terms.isNullable(state)
    }

    private mutating func next(_ state: RegexpTerms.ID, ascii: UInt8) throws(TermPatternError) -> RegexpTerms.ID {
        if let known = rows[state]?[Int(ascii)], known >= 0 { return known }
        let next = try derive(state, UInt32(ascii))
        if rows[state] == nil {
            guard rows.count < maximumStates else { throw .tooComplex(pattern: pattern, maximumStates: maximumStates) }
            rows[state] = [Int32](repeating: -1, count: 128)
        }
        rows[state]?[Int(ascii)] = next
        return next
    }

    private mutating func derive(_ state: RegexpTerms.ID, _ scalar: UInt32) throws(TermPatternError) -> RegexpTerms.ID {
        guard let next = terms.derivative(of: state, by: scalar), terms.terms.count <= 32 * max(maximumStates, 100) else {
            throw .tooComplex(pattern: pattern, maximumStates: maximumStates)
        }
        return next
    }
}
