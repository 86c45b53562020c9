/// Turns a read expression into steps.
struct RegexCompiler {
    /// Counts of repetitions multiply: no expression needs more than this.
    private static let maximumLength = 20_000

    private(set) var program: [RegexInstruction] = []
    /// Marks of loops that are open: theirs are the numbers below.
    private var marks = 0

    /// - Returns: false for an expression that would be too long, or looks back over no fixed width.
    mutating func compile(_ node: RegexNode) -> Bool {
        guard program.count <= Self.maximumLength else { return false }
        switch node {
        case .empty: return true
        case .character(let scalar): return append(.character(scalar))
        case .any: return append(.any)
        case .set(let set): return append(.set(set))
        case .start: return append(.start)
        case .end: return append(.end)
        case .finalEnd: return append(.finalEnd)
        case .lineStart: return append(.lineStart)
        case .lineEnd: return append(.lineEnd)
        case .wordBoundary: return append(.wordBoundary)
        case .notWordBoundary: return append(.notWordBoundary)
        case .reference(let number): return append(.reference(number))
        case .sequence(let nodes): return nodes.allSatisfy { compile($0) }
        case .group(let node, let number):
            return append(.save(2 * (number - 1))) && compile(node) && append(.save(2 * (number - 1) + 1))
        case .alternatives(let nodes): return alternatives(nodes)
        case .atomic(let node):
            return body(node) { .atomic(end: $0) }
        case .look(let node, let isAhead, let isNegated):
            let width = isAhead ? 0 : node.width
            guard let width else { return lookingBack(node, isNegated) }
            return body(node) { .look(end: $0, isAhead: isAhead, isNegated: isNegated, width: width) }
        case .repeated(let node, let least, let most, let isLazy, let isPossessive):
            if isPossessive {
                return compile(.atomic(.repeated(node, least: least, most: most, isLazy: false, isPossessive: false)))
            }
            for _ in 0..<least where !compile(node) { return false }
            guard let most else { return loop(node, isLazy) }
            var splits: [Int] = []
            for _ in 0..<(most - least) {
                splits.append(program.count)
                guard append(.match), compile(node) else { return false }
            }
            for split in splits { program[split] = choice(split + 1, program.count, isLazy) }
            return true
        }
    }

    /// Looking back at alternatives of different widths is as many looks.
    private mutating func lookingBack(_ node: RegexNode, _ isNegated: Bool) -> Bool {
        guard case .alternatives(let nodes) = node.withoutGroup, nodes.allSatisfy({ $0.width != nil }) else { return false }
        let looks = nodes.map { RegexNode.look($0, isAhead: false, isNegated: isNegated) }
        return compile(isNegated ? .sequence(looks) : .alternatives(looks))
    }

    private mutating func append(_ instruction: RegexInstruction) -> Bool {
        program.append(instruction)
        return program.count <= Self.maximumLength
    }

    private mutating func body(_ node: RegexNode, _ instruction: (Int) -> RegexInstruction) -> Bool {
        let head = program.count
        guard append(.match), compile(node), append(.match) else { return false }
        program[head] = instruction(program.count)
        return true
    }

    private func choice(_ inside: Int, _ outside: Int, _ isLazy: Bool) -> RegexInstruction {
        isLazy ? .split(outside, inside) : .split(inside, outside)
    }

    private mutating func loop(_ node: RegexNode, _ isLazy: Bool) -> Bool {
        let head = program.count, mark = marks
        marks += 1
        guard append(.match), append(.mark(mark)), compile(node), append(.progressed(mark)), append(.jump(head)) else { return false }
        program[head] = choice(head + 1, program.count, isLazy)
        return true
    }

    private mutating func alternatives(_ nodes: [RegexNode]) -> Bool {
        var jumps: [Int] = []
        for (number, node) in nodes.enumerated() {
            let split = program.count
            if number < nodes.count - 1, !append(.match) { return false }
            guard compile(node) else { return false }
            if number < nodes.count - 1 {
                jumps.append(program.count)
                guard append(.match) else { return false }
                program[split] = .split(split + 1, program.count)
            }
        }
        for jump in jumps { program[jump] = .jump(program.count) }
        return true
    }

}

extension RegexNode {
    /// How many characters it matches, if that is always the same.
    var width: Int? {
        switch self {
        case .empty, .start, .end, .lineStart, .lineEnd, .wordBoundary, .notWordBoundary, .finalEnd, .look: 0
        case .character, .any, .set: 1
        case .sequence(let nodes):
            nodes.reduce(0) { sum, node in
                guard let sum, let width = node.width else { return nil }
                return sum + width
            }
        case .alternatives(let nodes): nodes.allSatisfy { $0.width != nil && $0.width == nodes[0].width } ? nodes[0].width : nil
        case .group(let node, _), .atomic(let node): node.width
        case .repeated(let node, let least, let most, _, _):
            least == most ? node.width.map { $0 * least } : nil
        case .reference: nil
        }
    }

    fileprivate var withoutGroup: RegexNode {
        if case .group(let node, _) = self { node } else { self }
    }
}
