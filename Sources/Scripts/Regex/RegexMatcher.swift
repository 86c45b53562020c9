/// One attempt to match a text, with what it may have to go back to.
struct RegexMatcher {
    private struct Choice {
        var instruction: Int
        var position: Int
        /// How much of the trail there was.
        var trail: Int
    }

    let regex: BoundedRegex
    let text: [Unicode.Scalar]
    let isWhole: Bool
    private(set) var steps: Int
    private var slots: [Int]
    private var marks: [Int: Int] = [:]
    /// What slots held before they were written, to undo it.
    private var trail: [(slot: Int, value: Int)] = []

    init(regex: BoundedRegex, text: [Unicode.Scalar], isWhole: Bool, steps: Int) {
        self.regex = regex
        self.text = text
        self.isWhole = isWhole
        self.steps = steps
        slots = [Int](repeating: -1, count: 2 * regex.groupCount)
    }

    func slot(_ number: Int) -> Int { slots[number] }

    /// - Returns: where the match ends.
    mutating func run(from start: Int) throws(BoundedRegex.TooSlow) -> Int? {
        try run(0, start, isWhole: isWhole)
    }

    private mutating func run(_ first: Int, _ start: Int, isWhole: Bool) throws(BoundedRegex.TooSlow) -> Int? {
        var choices: [Choice] = [], instruction = first, position = start
        let program = regex.program
        while true {
            steps -= 1
            // Each choice is memory too.
            guard steps > 0, choices.count < 1_000_000 else { throw BoundedRegex.TooSlow() }
            var matches = true
            switch program[instruction] {
            case .character(let scalar):
                matches =
                    position < text.count
                    && (text[position] == scalar || (regex.ignoresCase && Self.areAlike(text[position], scalar)))
                position += 1
            case .any:
                matches = position < text.count
                position += 1
            case .set(let set):
                matches = position < text.count && set.contains(text[position], ignoringCase: regex.ignoresCase)
                position += 1
            case .split(let next, let other):
                choices.append(Choice(instruction: other, position: position, trail: trail.count))
                instruction = next
                continue
            case .jump(let next):
                instruction = next
                continue
            case .save(let slot): write(slot, position)
            case .mark(let number): mark(number, position)
            case .progressed(let number): matches = marks[number] != position
            case .start: matches = position == 0
            case .end: matches = position == text.count || (position == text.count - 1 && text[position] == "\n")
            case .finalEnd: matches = position == text.count
            case .lineStart: matches = position == 0 || text[position - 1] == "\n"
            case .lineEnd: matches = position == text.count || text[position] == "\n"
            case .wordBoundary: matches = isWord(position - 1) != isWord(position)
            case .notWordBoundary: matches = isWord(position - 1) == isWord(position)
            case .reference(let number):
                let low = slots[2 * number - 2], high = slots[2 * number - 1]
                matches = low >= 0 && high >= low && text[position...].starts(with: text[low..<high])
                steps -= max(0, high - low)
                position += max(0, high - low)
            case .look(let end, let isAhead, let isNegated, let width):
                let from = isAhead ? position : position - width
                let mark = trail.count
                let found = from >= 0 ? try nested(instruction + 1, from) : nil
                let isFound = found != nil && (isAhead || found == position)
                if isNegated || !isFound { undo(to: mark) }
                matches = isFound != isNegated
                instruction = end - 1
            case .atomic(let end):
                if let after = try nested(instruction + 1, position) {
                    position = after
                    instruction = end - 1
                } else {
                    matches = false
                }
            case .match:
                if !isWhole || position == text.count { return position }
                matches = false
            }
            if matches {
                instruction += 1
            } else {
                guard let choice = choices.popLast() else { return nil }
                (instruction, position) = (choice.instruction, choice.position)
                undo(to: choice.trail)
            }
        }
    }

    /// Groups within groups were limited when the expression was read.
    private mutating func nested(_ instruction: Int, _ position: Int) throws(BoundedRegex.TooSlow) -> Int? {
        try run(instruction, position, isWhole: false)
    }

    private mutating func write(_ slot: Int, _ value: Int) {
        trail.append((slot, slots[slot]))
        slots[slot] = value
    }

    /// Marks are kept on the trail as negative slots.
    private mutating func mark(_ number: Int, _ position: Int) {
        trail.append((-number - 1, marks[number] ?? -1))
        marks[number] = position
    }

    private mutating func undo(to count: Int) {
        while trail.count > count, let (slot, value) = trail.popLast() {
            if slot < 0 { marks[-slot - 1] = value } else { slots[slot] = value }
        }
    }

    private func isWord(_ position: Int) -> Bool {
        text.indices.contains(position) && RegexSet.Class.word.contains(text[position])
    }

    private static func areAlike(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
        left.properties.lowercaseMapping == right.properties.lowercaseMapping
    }
}
