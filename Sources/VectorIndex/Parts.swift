internal import CVectorKernels
internal import Ordinals

/// What an index consists of at one moment.
struct Parts: Sendable {
    private(set) var sealed: [SealedPart] = []
    /// Growing parts that are to be sealed: nothing is inserted into them any more.
    private(set) var frozen: [GrowingPart] = []
    /// What insertions go to.
    private(set) var growing: GrowingPart
    /// Ordinals of sealed parts, removed ones left out.
    private(set) var sealedMembers = OrdinalSet()
    /// What was removed while a part is being sealed that may hold it; nil while none is.
    private var removedMeanwhile: OrdinalSet?

    init(growing: GrowingPart, sealed: [SealedPart] = []) {
        self.growing = growing
        self.sealed = sealed
        for part in sealed { sealedMembers.formUnion(part.members) }
    }

    var unsealed: [GrowingPart] { frozen + [growing] }

    /// Vectors in growing parts.
    var unsealedCount: Int { unsealed.reduce(0) { $0 + $1.count } }

    /// Vectors in all parts, removed ones left out.
    var count: Int { sealedMembers.count + unsealedCount }

    func contains(_ ordinal: UInt32) -> Bool {
        sealedMembers.contains(ordinal) || unsealed.contains { $0.contains(ordinal) }
    }

    /// The ordinals in all parts.
    ///
    /// - Complexity: O(*n*) in the limit.
    func members(below limit: UInt32) -> OrdinalSet {
        unsealed.reduce(into: sealedMembers) { $0.formUnion($1.members(below: limit)) }
    }

    /// Takes ordinals out of the sealed parts; growing ones see to it themselves.
    mutating func remove(_ ordinals: OrdinalSet) {
        sealedMembers.subtract(ordinals)
        removedMeanwhile?.formUnion(ordinals)
    }

    /// Sets what has grown aside. Insertions go to `fresh` from now on.
    ///
    /// - Returns: the parts as they are then. What an earlier sealing that failed had set aside is still among them.
    mutating func freeze(_ fresh: GrowingPart) -> Parts {
        if growing.count > 0 {
            frozen.append(growing)
            growing = fresh
        }
        removedMeanwhile = []
        return self
    }

    /// Puts the part that holds what other parts held in their place; nil where that is nothing.
    mutating func finish(_ part: SealedPart?, replacing replaced: [SealedPart], _ frozen: [GrowingPart]) {
        sealed.removeAll { old in replaced.contains { $0 === old } }
        self.frozen.removeAll { old in frozen.contains { $0 === old } }
        for old in replaced { sealedMembers.subtract(old.members) }
        if let part {
            sealed.append(part)
            sealedMembers.formUnion(part.members.subtracting(removedMeanwhile ?? []))
        }
        removedMeanwhile = nil
    }
}

extension GrowingPart {
    /// - Complexity: O(*n*) in the limit.
    func members(below limit: UInt32) -> OrdinalSet {
        let end = min(limit, facts.end)
        guard end > 0 else { return [] }
        var words = [UInt64](repeating: 0, count: (Int(end) + 63) / 64)
        cvk_graph_members(handle, end, &words)
        return OrdinalSet(words: words)
    }
}
