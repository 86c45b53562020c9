/// When a walk has kept enough: what is not nearer than the last one kept is passed over then.
struct WalkBounds: Equatable {
    /// So many accepted nodes: HNSW's ef.
    var accepted: Int
    /// Or so many nodes in all, of which `enough` are accepted.
    var most: Int
    var enough: Int
    /// Or so many nodes in any case.
    var limit: Int

    /// Of a search that accepts all.
    init(_ ef: Int) {
        (accepted, most, enough, limit) = (ef, ef, ef, ef)
    }
}
