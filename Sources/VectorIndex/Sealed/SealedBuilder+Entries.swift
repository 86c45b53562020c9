internal import CVectorKernels
internal import Synchronization

extension SealedBuilder {
    /// Of so many nodes one is looked for.
    private static let probeStep = 4
    /// Candidates of such a walk.
    private static let probeWidth = 16
    /// Entries that are added before walks are tried again.
    private static let entriesPerRound = 64
    private static let rounds = 16

    /// The node nearest to the centre, others spread over all, and those that could not be reached from them.
    ///
    /// - Returns: their number.
    func chooseEntries(
        _ facts: SealedContent.Facts, _ memory: HugeMemory, _ space: BuildSpace
    ) throws(VectorIndexError) -> Int {
        let places = memory.section(.entries, of: facts, as: UInt32.self)
        let wanted = min(entries, facts.nodes)
        var found: [UInt32] = [space.central]
        for index in 0..<wanted {
            let node = UInt32(index * facts.nodes / wanted)
            if node != found[0], found.count < wanted { found.append(node) }
        }
        _ = places.update(from: found)
        guard let start = places.baseAddress else { return 0 }
        let records = memory.section(.records, of: facts, as: UInt8.self)
        let count = cvk_connect(
            facts.layout, records.baseAddress.unsafelyUnwrapped, UInt32(facts.nodes), start, found.count, facts.entries)
        guard count >= 0 else { throw .outOfMemory }
        return Int(count)
    }

    /// Adds entries in regions that walks do not come to: where vectors lie in groups that stand apart, links stay within a
    /// group, and of all that are far away none leads nearer than another.
    ///
    /// - Complexity: a walk for every fourth node, and one for each that is lost, a round.
    func coverRegions(
        _ facts: inout SealedContent.Facts, _ memory: HugeMemory, _ space: BuildSpace
    ) throws(VectorIndexError) {
        let capacity = facts.entries + (memory.bytes.count - facts.byteCount) / 4
        // One of each few that follow one another, and not always the same: data may have a rhythm.
        var random = SplitMix64(seed: seed)
        var probes = stride(from: 0, to: facts.nodes, by: Self.probeStep).map { first in
            UInt32(Int.random(in: first..<min(facts.nodes, first + Self.probeStep), using: &random))
        }
        for _ in 0..<Self.rounds {
            let content = SealedContent(facts: facts, bytes: UnsafeRawBufferPointer(memory.bytes), owner: memory)
            let probe = RegionProbe(
                part: SealedPart(content, isEuclidean: configuration.metric == .euclidean), space: space,
                isEuclidean: configuration.metric == .euclidean)
            probes = try probe.lost(probes, width: Self.probeWidth, threads: threads, until: interrupt)
            let added = min(probes.count, Self.entriesPerRound, capacity - facts.entries)
            if added <= 0 { return }
            facts.entries += added
            let places = memory.section(.entries, of: facts, as: UInt32.self)
            for index in 0..<added {
                places[facts.entries - added + index] = probes[index * probes.count / added]
            }
        }
    }
}

/// Walks to nodes of a part that is being built.
private struct RegionProbe {
    let part: SealedPart
    let space: BuildSpace
    let isEuclidean: Bool

    /// Those of the nodes that a walk for their own vectors does not come near.
    func lost(
        _ nodes: [UInt32], width: Int, threads: Int, until interrupt: Interrupt
    ) throws(VectorIndexError) -> [UInt32] {
        let middle = isEuclidean
            ? [Float](repeating: 0, count: part.content.facts.dimensions)
            : part.turned(Array(part.content.section(.centre, of: Float.self)))
        let found = Mutex<[Int]>([])
        try Parallel.forEach(nodes.count, grain: 64, threads: threads, until: interrupt, makeScratch: SealedContext.init) {
            range, context throws(VectorIndexError) in
            var lost: [Int] = []
            for index in range {
                let node = nodes[index], query = zip(space.vector(Int(node)), middle).map { $0 + $1 }
                let nearest = try part.candidates(
                    for: query, k: 1, count: 1, accepting: nil, .walk(WalkBounds(width)), using: context)
                let isFound = nearest.contains { part.node(of: $0) == node }
                if !isFound, isFar(nearest, query, from: node) { lost.append(index) }
            }
            found.withLock { $0 += lost }
        }
        return found.withLock { $0.sorted() }.map { nodes[$0] }
    }

    /// Whether what was found is no nearer than half of the node's neighbours.
    private func isFar(_ found: [UInt32], _ query: [Float], from node: UInt32) -> Bool {
        let best = found.compactMap { part.node(of: $0) }.map { key($0, query) }.max()
        let links = part.content.links(of: Int(node)).map { key($0, query) }.sorted()
        guard let best, !links.isEmpty else { return best == nil }
        return best < links[links.count / 2]
    }

    /// Greater for nearer.
    private func key(_ node: UInt32, _ query: [Float]) -> Float {
        let vector = space.vector(Int(node))
        let product = zip(query, vector).reduce(0) { $0 + $1.0 * $1.1 }
        return isEuclidean ? product - vector.reduce(0) { $0 + $1 * $1 } / 2 : product
    }
}
