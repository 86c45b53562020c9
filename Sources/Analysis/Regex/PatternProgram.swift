/// A regular expression as instructions: what Pike's machine runs.
struct PatternProgram: Sendable {
    enum Instruction: Sendable {
        /// Goes on behind one scalar of the set.
        case scalar(Int)
        /// Goes on at both, the first being preferred.
        case split(Int, Int)
        case jump(Int)
        /// Notes the place as the begin or the end of a group.
        case save(Int)
        case check(PatternAssertion)
        case match
    }

    /// The most instructions: repetition counts are written out.
    static let maximumInstructions = 20_000

    private(set) var instructions: [Instruction] = []
    private(set) var sets: [ScalarSet] = []
    /// For each set, whether it has each scalar of ASCII: 128 of them in a row.
    private(set) var asciiMembers: [Bool] = []
    /// Whether a match may begin with each scalar of ASCII; nil where it may begin with nothing.
    private var firstMembers: [Bool]?
    let groupCount: Int
    let groupNames: [String: Int]
    private let text: String

    init(_ node: PatternNode, groups: Int, names: [String: Int], text: String) throws(AnalysisError) {
        groupCount = groups
        groupNames = names
        self.text = text
        try emit(.save(0))
        try compile(node)
        try emit(.save(1))
        try emit(.match)
        for set in sets { asciiMembers += (0..<128).map { set.contains($0) } }
        firstMembers = findFirstMembers()
    }

    private func findFirstMembers() -> [Bool]? {
        var members = Array(repeating: false, count: 128)
        var seen = Set<Int>(), stack = [0]
        while let place = stack.popLast() {
            guard seen.insert(place).inserted else { continue }
            switch instructions[place] {
            case .match, .check: return nil
            case .jump(let target): stack.append(target)
            case .split(let first, let second): stack += [first, second]
            case .save: stack.append(place + 1)
            case .scalar(let set): for scalar in 0..<128 where asciiMembers[set << 7 | scalar] { members[scalar] = true }
            }
        }
        return members
    }

    /// The first place from one on where a match may begin.
    func nextStart(in subject: PatternSubject, from place: Int) -> Int {
        guard let firstMembers else { return place }
        var place = place
        while place < subject.count, subject.scalars[place] < 128, !firstMembers[Int(subject.scalars[place])] { place += 1 }
        return place
    }

    private mutating func emit(_ instruction: Instruction) throws(AnalysisError) {
        guard instructions.count < Self.maximumInstructions else {
            throw .unsupportedPattern(text, reason: "Pattern too large")
        }
        instructions.append(instruction)
    }

    private mutating func compile(_ node: PatternNode) throws(AnalysisError) {
        switch node {
        case .empty: break
        case .set(let set):
            sets.append(set)
            try emit(.scalar(sets.count - 1))
        case .sequence(let parts): for part in parts { try compile(part) }
        case .choice(let branches): try compileChoice(branches)
        case .repetition(let inner, let minimum, let maximum, let isGreedy):
            try compileRepetition(inner, minimum, maximum, isGreedy)
        case .group(let number, let inner):
            try emit(.save(2 * number))
            try compile(inner)
            try emit(.save(2 * number + 1))
        case .assertion(let assertion): try emit(.check(assertion))
        }
    }

    private mutating func compileChoice(_ branches: [PatternNode]) throws(AnalysisError) {
        var jumps: [Int] = []
        for (number, branch) in branches.enumerated() {
            guard number + 1 < branches.count else {
                try compile(branch)
                break
            }
            let split = instructions.count
            try emit(.split(split + 1, split + 1))
            try compile(branch)
            jumps.append(instructions.count)
            try emit(.jump(0))
            instructions[split] = .split(split + 1, instructions.count)
        }
        for jump in jumps { instructions[jump] = .jump(instructions.count) }
    }

    private mutating func compileRepetition(
        _ inner: PatternNode, _ minimum: Int, _ maximum: Int?, _ isGreedy: Bool
    ) throws(AnalysisError) {
        for _ in 0..<minimum { try compile(inner) }
        func split(_ inside: Int, _ behind: Int) -> Instruction { isGreedy ? .split(inside, behind) : .split(behind, inside) }
        guard let maximum else {
            let start = instructions.count
            try emit(.jump(0))
            try compile(inner)
            try emit(.jump(start))
            instructions[start] = split(start + 1, instructions.count)
            return
        }
        var splits: [Int] = []
        for _ in minimum..<maximum {
            splits.append(instructions.count)
            try emit(.jump(0))
            try compile(inner)
        }
        for place in splits { instructions[place] = split(place + 1, instructions.count) }
    }
}
