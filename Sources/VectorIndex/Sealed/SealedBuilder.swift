internal import CVectorKernels
internal import Ordinals

/// Builds a sealed part over many vectors at once, mostly by matrix products.
///
/// 1. Vectors are centred, turned and coded.
/// 2. `BallCarving` cuts them into overlapping leaves, and all pairs of a leaf are compared: each vector's nearest in each
///    of its leaves are the candidates for its links (PiPNN, arXiv 2602.21247).
/// 3. Of the candidates, links are chosen that lead to different sides, then once more together with those that lead back.
/// 4. Nodes are chosen where walks begin, so that they come to every region.
struct SealedBuilder {
    /// Nearest taken from each of a vector's leaves.
    static let neighboursPerLeaf = 10
    /// How much nearer to a chosen link than to the node a candidate must be to be passed over; of squared distances.
    static let alpha: Float = 1.15
    /// Links that are looked at when lists are chosen for the second time, as a multiple of the degree.
    static let reverseFactor = 2

    let vectors: RawVectors
    let configuration: VectorIndexConfiguration
    let threads: Int
    let seed: UInt64
    /// Nodes where walks begin, before it is known where they do not come to.
    let entries: Int
    let interrupt: Interrupt

    private let rows: RawVectors.Rows

    init(
        _ vectors: RawVectors, _ configuration: VectorIndexConfiguration, threads: Int, seed: UInt64 = 1,
        entries: Int = 64, interrupt: Interrupt = Interrupt()
    ) {
        self.vectors = vectors
        self.configuration = configuration
        self.threads = max(1, threads)
        self.seed = seed
        self.entries = entries
        self.interrupt = interrupt
        rows = vectors.rows
    }

    /// Bytes that building a part of so many vectors takes, about, beside the mapped rows.
    static func memory(for count: Int, _ configuration: VectorIndexConfiguration) -> Int {
        let degree = Self.degree(configuration), dimensions = configuration.dimensions
        let facts = SealedContent.Facts(
            dimensions: dimensions, degree: degree, hasCodes: configuration.quantization != .bit, nodes: count,
            duplicates: 0, entries: 0, seed: 0)
        let candidates = BallCarving.fanout(depth: 0, count: count) * neighboursPerLeaf
        let links = degree * (1 + reverseFactor) + 1
        return facts.byteCount + count * (dimensions + MemoryLayout<cvk_build_factors>.stride + 4 * (candidates + links))
    }

    /// Links of a node at most. Codes leave memory for more than sketches alone may spend.
    private static func degree(_ configuration: VectorIndexConfiguration) -> Int {
        configuration.quantization == .bit ? 2 * configuration.m : 3 * configuration.m
    }

    /// Builds a part over the vectors of `ordinals`, of which there is one at least.
    ///
    /// - Complexity: about O(*n* · log *n*), with 10⁴ products of vectors for each.
    /// - Throws: `outOfMemory`, `interrupted`.
    func build(_ ordinals: OrdinalSet) throws(VectorIndexError) -> SealedContent {
        let (unique, duplicates) = DuplicateSearch(vectors: vectors, rows: rows).run(ordinals)
        var facts = SealedContent.Facts(
            dimensions: configuration.dimensions, degree: Self.degree(configuration),
            hasCodes: configuration.quantization != .bit, nodes: unique.count, duplicates: duplicates.count, entries: 0,
            seed: seed)
        // Entries come last, so that the part can be measured before their number is known.
        facts.entries = min(unique.count, 1024)
        let memory = try HugeMemory(count: facts.byteCount)
        write(unique, duplicates, facts, memory)
        let centre = memory.section(.centre, of: facts, as: Float.self)
        let ordinary = ordinaryMagnitude(of: unique)
        findCentre(of: unique, within: ordinary, into: centre)

        let space = try BuildSpace(count: unique.count, dimensions: facts.dimensions)
        let longest = configuration.ranksByLength ? min(ordinary, greatestMagnitude(of: unique)) : 0
        try encode(unique, centre, facts, memory, space, longest: longest)
        let candidates = try LeafNeighbours(
            vectors: vectors, rows: rows, configuration: configuration, ordinals: unique, centre: Array(centre),
            extras: space.extras, halves: space.halves, threads: threads, seed: seed, interrupt: interrupt
        ).candidates(perLeaf: Self.neighboursPerLeaf)
        try chooseLinks(among: candidates, facts, memory, space)
        facts.entries = try chooseEntries(facts, memory, space)
        try measureErrors(&facts, memory, space)
        try coverRegions(&facts, memory, space)
        return SealedContent(
            facts: facts, bytes: UnsafeRawBufferPointer(rebasing: memory.bytes[..<facts.byteCount]), owner: memory)
    }

    private func write(
        _ unique: [UInt32], _ duplicates: [cvk_duplicate], _ facts: SealedContent.Facts, _ memory: HugeMemory
    ) {
        let ordinals = memory.section(.ordinals, of: facts, as: UInt32.self)
        _ = ordinals.update(from: unique)
        for duplicate in duplicates { ordinals[Int(duplicate.node)] |= CVK_HAS_DUPLICATES }
        _ = memory.section(.duplicates, of: facts, as: cvk_duplicate.self).update(from: duplicates)
    }

    /// The length that only vectors which stand apart exceed. One of them must not spoil what all are coded by.
    private func ordinaryMagnitude(of ordinals: [UInt32]) -> Float {
        guard !configuration.metric.normalises, configuration.elementType != .bit else { return .infinity }
        let magnitudes = stride(from: 0, to: ordinals.count, by: step(ordinals)).map { magnitude(of: ordinals[$0]) }.sorted()
        return magnitudes.isEmpty ? .infinity : 8 * magnitudes[magnitudes.count / 2]
    }

    private func step(_ ordinals: [UInt32]) -> Int { max(1, ordinals.count / 16_384) }

    /// The mean of some vectors.
    private func findCentre(of ordinals: [UInt32], within limit: Float, into centre: UnsafeMutableBufferPointer<Float>) {
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: centre.count)
        defer { buffer.deallocate() }
        var sums = [Double](repeating: 0, count: centre.count), count = 0.0
        for index in stride(from: 0, to: ordinals.count, by: step(ordinals)) where magnitude(of: ordinals[index]) <= limit {
            let components = vectors.components(of: ordinals[index], in: rows, buffer: buffer)
            for dimension in sums.indices { sums[dimension] += Double(components[dimension]) }
            count += 1
        }
        for dimension in sums.indices { centre[dimension] = Float(sums[dimension] / max(1, count)) }
    }

    private func encode(
        _ ordinals: [UInt32], _ centre: UnsafeMutableBufferPointer<Float>, _ facts: SealedContent.Facts,
        _ memory: HugeMemory, _ space: BuildSpace, longest: Float
    ) throws(VectorIndexError) {
        let layout = facts.layout, rotation = Rotation(dimensions: facts.dimensions, seed: seed)
        let dimensions = facts.dimensions
        let sketches = memory.section(.sketches, of: facts, as: UInt8.self)
        let records = memory.section(.records, of: facts, as: UInt8.self)
        guard let sketchStart = sketches.baseAddress, let recordStart = records.baseAddress else { return }
        nonisolated(unsafe) let (sketchBase, recordBase, middle) = (sketchStart, recordStart, centre)
        let isEuclidean = configuration.metric == .euclidean
        try Parallel.forEach(
            ordinals.count, grain: 1024, threads: threads, until: interrupt,
            makeScratch: { () throws(VectorIndexError) in try HugeMemory(count: 2 * dimensions * 4) }
        ) { range, scratch throws(VectorIndexError) in
            let turned = scratch.elements(Float.self, count: dimensions)
            let buffer = scratch.elements(Float.self, at: dimensions * 4, count: dimensions)
            guard let start = turned.baseAddress else { return }
            for node in range {
                let components = vectors.components(of: ordinals[node], in: rows, buffer: buffer)
                var squared: Float = 0
                for dimension in 0..<dimensions {
                    let component = components[dimension] - middle[dimension]
                    turned[dimension] = component
                    squared += component * component
                }
                rotation(turned)
                cvk_sealed_encode(
                    layout, start, isEuclidean ? squared / 2 : 0, sketchBase + node * layout.sketch_stride,
                    recordBase + node * layout.record_stride)
                let magnitude = longest > 0 ? magnitude(of: ordinals[node]) : 0
                space.set(node, turned, extra: max(0, longest * longest - magnitude * magnitude).squareRoot())
            }
        }
    }

    private func greatestMagnitude(of ordinals: [UInt32]) -> Float {
        ordinals.reduce(0) { max($0, magnitude(of: $1)) }
    }

    private func magnitude(of ordinal: UInt32) -> Float {
        vectors.magnitude(of: rows.base + Int(ordinal) * vectors.header.rowBytes)
    }
}
