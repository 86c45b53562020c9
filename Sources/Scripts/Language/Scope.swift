/// The variables that are visible while a function's text is read, and the slots they have.
struct Scope {
    struct Variable {
        var slot: Int
        var type: ScriptType
    }

    private var blocks: [[String: Variable]] = [[:]]
    /// The most that are alive at once.
    private(set) var slots = 0
    private var next = 0

    func variable(_ name: String) -> Variable? {
        for block in blocks.reversed() { if let variable = block[name] { return variable } }
        return nil
    }

    mutating func enter() { blocks.append([:]) }

    mutating func leave() {
        next -= blocks.popLast()?.count ?? 0
    }

    /// - Returns: nil if there is such a variable already.
    mutating func declare(_ name: String, _ type: ScriptType) -> Int? {
        guard variable(name) == nil, !blocks.isEmpty else { return nil }
        let slot = next
        blocks[blocks.count - 1][name] = Variable(slot: slot, type: type)
        next += 1
        slots = max(slots, next)
        return slot
    }
}
