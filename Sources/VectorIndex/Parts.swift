internal import CVectorKernels

/// What an index consists of at one moment.
struct Parts: Sendable {
    var sealed: [SealedPart] = []
    /// Ordinals of sealed parts, and of the one being sealed, that were removed.
    var removed = OrdinalSet()
    /// A growing part that is being sealed: nothing is inserted into it any more.
    var freezing: GrowingPart?
    /// What insertions go to.
    var growing: GrowingPart

    var unsealed: [GrowingPart] { [freezing, growing].compactMap { $0 } }

    /// Vectors in all parts, removed ones left out.
    var count: Int {
        sealed.reduce(unsealed.reduce(0) { $0 + $1.count }) { $0 + $1.count }
            - removed.intersection(sealedOrdinals).count
    }

    func contains(_ ordinal: UInt32) -> Bool {
        unsealed.contains { $0.contains(ordinal) }
            || !removed.contains(ordinal) && sealed.contains { $0.members.contains(ordinal) }
    }

    private var sealedOrdinals: OrdinalSet { sealed.reduce(into: OrdinalSet()) { $0.formUnion($1.members) } }

    /// The ordinals in all parts.
    ///
    /// - Complexity: O(*n*) in the limit.
    func members(below limit: UInt32) -> OrdinalSet {
        var members = sealedOrdinals.subtracting(removed)
        for part in unsealed { members.formUnion(part.members(below: limit)) }
        return members
    }

    /// Takes ordinals out of the sealed parts; growing ones see to it themselves.
    mutating func remove(_ ordinals: OrdinalSet, below limit: UInt32) {
        removed.formUnion(ordinals.intersection(sealedOrdinals))
        // The part that takes the place of the freezing one holds them, too.
        if freezing != nil { removed.formUnion(ordinals) }
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
