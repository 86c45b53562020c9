internal import CVectorKernels

extension SealedBuilder {
    /// Chooses each node's links, and writes them into its record.
    func chooseLinks(
        among candidates: LeafNeighbours.Candidates, _ facts: SealedContent.Facts, _ memory: HugeMemory, _ space: BuildSpace
    ) throws(VectorIndexError) {
        let count = facts.nodes, degree = UInt32(facts.degree), wide = Int(degree)
        let capacity = wide * Self.reverseFactor
        let first = try HugeMemory(count: count * wide * 4)
        let reverse = try HugeMemory(count: count * capacity * 4), arrivals = try HugeMemory(count: count * 4)
        let chosen = first.elements(UInt32.self, count: count * wide)
        let back = reverse.elements(UInt32.self, count: count * capacity)
        let counts = arrivals.elements(UInt32.self, count: count)
        guard let chosenStart = chosen.baseAddress, let backStart = back.baseAddress, let countStart = counts.baseAddress
        else { return }
        nonisolated(unsafe) let (chosenBase, backBase, countBase) = (chosenStart, backStart, countStart)

        try Parallel.forEach(count, grain: 256, threads: threads, until: interrupt, makeScratch: BuildScratch.init) {
            range, scratch throws(VectorIndexError) in
            for node in range {
                let own = candidates.of(node)
                guard let start = own.baseAddress else { continue }
                try space.chooseLinks(
                    UInt32(node), among: start, count: own.count, degree: degree, into: chosenBase + node * wide,
                    using: scratch)
            }
        }
        try Parallel.forEach(count, grain: 4096, threads: threads, until: interrupt, makeScratch: {}) { range, _ in
            cvk_reverse_links(
                chosenBase, degree, UInt32(range.lowerBound), UInt32(range.upperBound), backBase, countBase,
                UInt32(capacity))
        }
        nonisolated(unsafe) let records = memory.section(.records, of: facts, as: UInt8.self)
        try Parallel.forEach(count, grain: 256, threads: threads, until: interrupt, makeScratch: BuildScratch.init) {
            range, scratch throws(VectorIndexError) in
            for node in range {
                let links = UnsafeMutableRawPointer(
                    records.baseAddress.unsafelyUnwrapped + facts.linksOffset(of: node)
                ).assumingMemoryBound(to: UInt32.self)
                var both = (0..<wide).map { chosenBase[node * wide + $0] }.filter { $0 != CVK_NO_NODE }
                let known = both
                for place in 0..<min(Int(countBase[node]), capacity) {
                    let other = backBase[node * capacity + place]
                    if !known.contains(other) { both.append(other) }
                }
                if both.count <= wide {
                    for place in 0..<wide { links[place] = place < both.count ? both[place] : CVK_NO_NODE }
                } else {
                    try both.withUnsafeBufferPointer { both throws(VectorIndexError) in
                        guard let start = both.baseAddress else { return }
                        try space.chooseLinks(
                            UInt32(node), among: start, count: both.count, degree: degree, into: links, using: scratch)
                    }
                }
            }
        }
    }

    /// How far estimates lie from the truth, between nodes and their neighbours: where it matters.
    func measureErrors(
        _ facts: inout SealedContent.Facts, _ memory: HugeMemory, _ space: BuildSpace
    ) throws(VectorIndexError) {
        let content = SealedContent(facts: facts, bytes: UnsafeRawBufferPointer(memory.bytes), owner: memory)
        let part = SealedPart(content, isEuclidean: configuration.metric == .euclidean)
        let context = try SealedContext()
        // Queries are compared as they are, unless euclidean: in few dimensions their direction makes a difference.
        let isEuclidean = configuration.metric == .euclidean
        let middle = isEuclidean
            ? [Float](repeating: 0, count: facts.dimensions)
            : part.turned(Array(content.section(.centre, of: Float.self)))
        var sketchSquares = 0.0, codeSquares = 0.0, samples = 0.0
        for index in 0..<min(256, facts.nodes) {
            let node = index * facts.nodes / min(256, facts.nodes)
            let neighbours = content.links(of: node)
            if neighbours.isEmpty { continue }
            let query = zip(space.vector(node), middle).map { $0 + $1 }
            let length = query.reduce(0) { $0 + $1 * $1 }.squareRoot()
            if length == 0 { continue }
            let (sketches, codes) = try part.estimates(for: query, nodes: neighbours, using: context)
            for (place, neighbour) in neighbours.enumerated() {
                let other = space.vector(Int(neighbour))
                var product: Float = 0, square: Float = 0
                for (x, y) in zip(query, other) {
                    product += x * y
                    square += y * y
                }
                let truth = isEuclidean ? product - square / 2 : product
                sketchSquares += Double((truth - sketches[place]) / length) * Double((truth - sketches[place]) / length)
                codeSquares += Double((truth - codes[place]) / length) * Double((truth - codes[place]) / length)
                samples += 1
            }
        }
        guard samples > 0 else { return }
        facts.sketchError = Float((sketchSquares / samples).squareRoot())
        facts.codeError = facts.hasCodes ? Float((codeSquares / samples).squareRoot()) : 0
    }
}

/// Scratch space for one choice of links at a time.
final class BuildScratch: @unchecked Sendable {
    let handle: OpaquePointer

    init() throws(VectorIndexError) {
        guard let handle = cvk_build_scratch_create() else { throw .outOfMemory }
        self.handle = handle
    }

    deinit { cvk_build_scratch_destroy(handle) }
}
