internal import CVectorKernels
internal import MatrixKernels
internal import Synchronization

/// Finds for each vector the nearest among those of its leaves.
struct LeafNeighbours {
    /// Points of a piece of work.
    private static let grain = 1024
    private static let deepest = 8

    let vectors: RawVectors
    let rows: RawVectors.Rows
    let configuration: VectorIndexConfiguration
    /// Of each point.
    let ordinals: [UInt32]
    let centre: [Float]
    /// Of each point: the component that it has beyond its own, and half its squared length.
    let extras: [Float]
    let halves: [Float]
    let threads: Int
    let seed: UInt64
    let interrupt: Interrupt

    /// For each point, points near it. Some come more than once.
    struct Candidates: @unchecked Sendable {
        fileprivate let memory: HugeMemory
        fileprivate let starts: [Int]

        func of(_ point: Int) -> UnsafeBufferPointer<UInt32> {
            UnsafeBufferPointer(
                memory.elements(UInt32.self, at: starts[point] * 4, count: starts[point + 1] - starts[point]))
        }
    }

    /// - Throws: `outOfMemory`, `interrupted`.
    func candidates(perLeaf: Int) throws(VectorIndexError) -> Candidates {
        let leaves = try carve(Array(0..<UInt32(ordinals.count)), depth: 0, threads: threads)
        var starts = [Int](repeating: 0, count: ordinals.count + 1)
        for leaf in leaves {
            for point in leaf { starts[Int(point) + 1] += min(perLeaf, leaf.count - 1) }
        }
        for index in ordinals.indices { starts[index + 1] += starts[index] }
        let firstPlaces = starts
        let memory = try HugeMemory(count: 4 * (starts.last ?? 0))
        let result = Candidates(memory: memory, starts: starts)
        nonisolated(unsafe) let out = memory.elements(UInt32.self, count: starts.last ?? 0)
        // A point's leaves come in any order, maybe at once: each takes the next places of its list.
        let places = Mutex([UInt32](repeating: 0, count: ordinals.count))
        try Parallel.forEach(leaves.count, grain: 1, threads: threads, until: interrupt, makeScratch: LeafProducts.init) {
            range, products throws(VectorIndexError) in
            for index in range {
                let leaf = leaves[index], nearest = min(perLeaf, leaf.count - 1)
                guard nearest > 0 else { continue }
                let first = places.withLock { places in
                    leaf.map { point in
                        defer { places[Int(point)] += UInt32(nearest) }
                        return firstPlaces[Int(point)] + Int(places[Int(point)])
                    }
                }
                try products.eachRow(of: leaf, with: self) { row, keys in
                    guard let keys = keys.baseAddress, let target = out.baseAddress else { return }
                    let place = target + first[row]
                    let found = cvk_select_greatest(keys, leaf.count, row, nearest, place)
                    for position in 0..<found { place[position] = leaf[Int(place[position])] }
                }
            }
        }
        return result
    }

    /// Leaves of the points, which overlap.
    private func carve(_ points: [UInt32], depth: Int, threads: Int) throws(VectorIndexError) -> [[UInt32]] {
        if points.count <= BallCarving.leafLimit { return [points] }
        if depth == Self.deepest { return BallCarving.chopped(points) }
        let fanout = BallCarving.fanout(depth: depth, count: points.count)
        let leaderCount = BallCarving.leaderCount(points.count, fanout: fanout)
        var random = SplitMix64(seed: seed &+ UInt64(depth) << 32 &+ UInt64(points[0]) &+ UInt64(points.count) << 16)
        var leaders: [UInt32] = []
        var taken: Set<UInt32> = []
        while leaders.count < leaderCount {
            let point = points[Int.random(in: points.indices, using: &random)]
            if taken.insert(point).inserted { leaders.append(point) }
        }
        let chosen = leaders, follow = min(fanout, leaderCount)
        let memory = try HugeMemory(count: 4 * points.count * follow)
        nonisolated(unsafe) let nearest = memory.elements(UInt32.self, count: points.count * follow)
        let prepared = try LeafProducts()
        try prepared.prepare(chosen, in: self)
        try Parallel.forEach(
            points.count, grain: Self.grain, threads: threads, until: interrupt,
            makeScratch: { () throws(VectorIndexError) in try LeafProducts(sharing: prepared) }
        ) { range, products throws(VectorIndexError) in
            try products.eachRow(of: Array(points[range]), in: self) { row, keys in
                guard let keys = keys.baseAddress, let target = nearest.baseAddress else { return }
                let place = target + (range.lowerBound + row) * follow
                _ = cvk_select_greatest(keys, chosen.count, .max, follow, place)
            }
        }
        var groups = [[UInt32]](repeating: [], count: leaderCount)
        for (index, point) in points.enumerated() {
            for leader in 0..<follow { groups[Int(nearest[index * follow + leader])].append(point) }
        }
        let cut = BallCarving.joined(groups)
        if cut.contains(where: { $0.count == points.count }) { return BallCarving.chopped(points) }
        let slots = Mutex([[[UInt32]]](repeating: [], count: cut.count))
        try Parallel.forEach(cut.count, grain: 1, threads: threads, until: interrupt, makeScratch: {}) {
            range, _ throws(VectorIndexError) in
            for index in range {
                let leaves = try carve(cut[index], depth: depth + 1, threads: 1)
                slots.withLock { $0[index] = leaves }
            }
        }
        return slots.withLock { Array($0.joined()) }
    }

    /// Writes a point's components as they are multiplied: centred, and with the extra one.
    func write(_ point: UInt32, into out: UnsafeMutableBufferPointer<Float>) {
        let components = vectors.components(of: ordinals[Int(point)], in: rows, buffer: out)
        for index in centre.indices { out[index] = components[index] - centre[index] }
        if out.count > centre.count { out[centre.count] = extras[Int(point)] }
    }

    var width: Int { centre.count + (configuration.ranksByLength ? 1 : 0) }
}
