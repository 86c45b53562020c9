/// Runs a program over a text: every way at once, in the order of preference.
struct PatternMatcher {
    /// The most steps for one text; a pattern that needs more is no sensible one.
    static let maximumSteps = 200_000_000

    private let program: PatternProgram
    private let subject: PatternSubject
    private let slots: Int
    private let limit: Int
    private var steps = 0
    /// Kept from match to match for their memory.
    private var spare: (Threads, Threads) = (Threads(), Threads())
    private var marks: [Int]
    private var generation = 0

    /// The ways that are alive at one place, the better ones first, each with what it has noted of groups.
    private struct Threads {
        var instructions: [Int] = []
        var slots: [Int] = []

        mutating func removeAll() {
            instructions.removeAll(keepingCapacity: true)
            slots.removeAll(keepingCapacity: true)
        }
    }

    init(_ program: PatternProgram, _ subject: PatternSubject, maximumSteps: Int = Self.maximumSteps) {
        limit = maximumSteps
        self.program = program
        self.subject = subject
        slots = 2 * (program.groupCount + 1)
        marks = Array(repeating: 0, count: program.instructions.count)
    }

    /// The leftmost match from a place on, the one that backtracking finds first.
    ///
    /// - Complexity: O(*n* · *m*) in text and pattern.
    /// - Throws: `AnalysisError.patternTooExpensive`.
    mutating func firstMatch(from start: Int, wholeOnly: Bool = false) throws(AnalysisError) -> Pattern.Match? {
        var (current, next) = spare
        spare = (Threads(), Threads())
        defer { spare = (current, next) }
        current.removeAll()
        var best: [Int]?
        var at = start
        var scratch = Array(repeating: -1, count: slots)
        generation += 1
        while true {
            if best == nil, !wholeOnly || at == start {
                if current.instructions.isEmpty, !wholeOnly { at = program.nextStart(in: subject, from: at) }
                for slot in 0..<slots { scratch[slot] = -1 }
                try add(0, at: at, &scratch, to: &current)
            }
            if current.instructions.isEmpty, best != nil || wholeOnly || at >= subject.count { break }
            generation += 1
            next.removeAll()
            threads: for (number, instruction) in current.instructions.enumerated() {
                switch program.instructions[instruction] {
                case .match:
                    if wholeOnly, at != subject.count { continue }
                    best = Array(current.slots[(number * slots)..<((number + 1) * slots)])
                    break threads
                case .scalar(let set):
                    guard at < subject.count, contains(set, subject.scalars[at]) else { continue }
                    for slot in 0..<slots { scratch[slot] = current.slots[number * slots + slot] }
                    try add(instruction + 1, at: at + 1, &scratch, to: &next)
                case .split, .jump, .save, .check: continue
                }
            }
            swap(&current, &next)
            at += 1
            if at > subject.count { break }
        }
        return best.map { slots in
            Pattern.Match(
                groups: stride(from: 0, to: slots.count, by: 2).map {
                    slots[$0] >= 0 && slots[$0 + 1] >= slots[$0] ? slots[$0]..<slots[$0 + 1] : nil
                })
        }
    }

    private func contains(_ set: Int, _ scalar: UInt32) -> Bool {
        scalar < 128 ? program.asciiMembers[set << 7 | Int(scalar)] : program.sets[set].contains(scalar)
    }

    /// Follows everything that reads nothing, with a stack of its own: patterns may be deep.
    private mutating func add(
        _ instruction: Int, at place: Int, _ saved: inout [Int], to threads: inout Threads
    ) throws(AnalysisError) {
        enum Work { case visit(Int), restore(slot: Int, value: Int) }
        var stack: [Work] = [.visit(instruction)]
        while let work = stack.popLast() {
            guard case .visit(let instruction) = work else {
                if case .restore(let slot, let value) = work { saved[slot] = value }
                continue
            }
            guard marks[instruction] != generation else { continue }
            marks[instruction] = generation
            steps += 1
            guard steps <= limit else { throw .patternTooExpensive }
            switch program.instructions[instruction] {
            case .jump(let target): stack.append(.visit(target))
            case .split(let first, let second):
                stack.append(.visit(second))
                stack.append(.visit(first))
            case .save(let slot):
                stack.append(.restore(slot: slot, value: saved[slot]))
                saved[slot] = place
                stack.append(.visit(instruction + 1))
            case .check(let assertion): if holds(assertion, at: place) { stack.append(.visit(instruction + 1)) }
            case .scalar, .match:
                threads.instructions.append(instruction)
                threads.slots.append(contentsOf: saved)
            }
        }
    }

    private func holds(_ assertion: PatternAssertion, at place: Int) -> Bool {
        let scalars = subject.scalars
        func isNewline(_ scalar: UInt32) -> Bool { [0x0A, 0x0D, 0x85, 0x2028, 0x2029].contains(scalar) }
        func isWord(_ index: Int) -> Bool {
            guard scalars.indices.contains(index) else { return false }
            return scalars[index] == 0x5F || CharacterKind.isLetter(scalars[index]) || CharacterKind.isDigit(scalars[index])
        }
        switch assertion {
        case .textStart: return place == 0
        case .textEnd: return place == scalars.count
        case .textEndBeforeNewline: return place == scalars.count || place == scalars.count - 1 && isNewline(scalars[place])
        case .lineStart: return place == 0 || place < scalars.count && isNewline(scalars[place - 1])
        case .lineEnd: return place == scalars.count || isNewline(scalars[place])
        case .wordBoundary: return isWord(place - 1) != isWord(place)
        case .noWordBoundary: return isWord(place - 1) == isWord(place)
        }
    }
}
