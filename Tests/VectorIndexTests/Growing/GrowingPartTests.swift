import Ordinals
import TestSupport
import Testing

@testable import VectorIndex

@Suite struct GrowingPartTests {
    /// Every metric and element type that has a graph, on vectors in loose clusters, as pictures' are.
    static let cases: [(type: ElementType, metric: Metric)] =
        [.float, .bfloat16].flatMap { type in Metric.allCases.map { (type, $0) } }
        + Metric.allCases.map { (.byte, $0) } + [(.bit, .euclidean)]

    static func vectors(_ count: Int, _ configuration: VectorIndexConfiguration, seed: UInt64) -> [[Float]] {
        var centres = SeededGenerator(seed: 100), generator = SeededGenerator(seed: seed)
        let clusters = centres.vectors(40, configuration.componentCount)
        return (0..<count).map { _ in
            if configuration.elementType == .bit {
                // The centre's signs, one bit in eight turned over.
                let centre = clusters.randomElement(using: &generator)!
                return centre.map { value in
                    let turned = UInt8.random(in: .min ... .max, using: &generator)
                        & UInt8.random(in: .min ... .max, using: &generator) & UInt8.random(in: .min ... .max, using: &generator)
                    return Float(Int8(bitPattern: UInt8(truncatingIfNeeded: Int(value * 1e6)) ^ turned))
                }
            }
            let vector = clusters.randomElement(using: &generator)!.map { $0 + Float.random(in: -0.6...0.6, using: &generator) }
            if configuration.elementType.isIntegral { return vector.map { ($0 * 79).rounded() } }
            guard configuration.metric == .dotProduct else { return vector }
            let scale = 1 / vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return vector.map { $0 * scale }
        }
    }

    @Test(arguments: cases)
    func recallFloor(_ element: (type: ElementType, metric: Metric)) throws {
        let configuration = try VectorIndexConfiguration(
            dimensions: element.type == .bit ? 256 : 48, metric: element.metric, kind: .hnsw(m: 12, efConstruction: 100),
            elementType: element.type)
        let directory = TemporaryDirectory()
        let index = try VectorIndex(directory: directory.path, configuration: configuration)
        let count = 6000
        try index.append(Self.vectors(count, configuration, seed: 1).enumerated().map { (UInt32($0), $1) })
        try index.insert(Array(0..<UInt32(count)), threads: 2)
        let all = OrdinalSet(0..<UInt32(count))
        let queries = Self.vectors(60, configuration, seed: 2)
        var found = 0, walks = 0
        for query in queries {
            let exact = try index.exactSearch(query, k: 10, among: all).hits
            let result = try index.search(query, k: 10, candidates: 60, accepting: all)
            walks += result.strategy == .graph ? 1 : 0
            // Bits tie: who is as near as the tenth is as good.
            found += result.hits.count { $0.score >= exact[9].score }
            let scores = try index.score(query, ordinals: result.hits.map(\.ordinal))
            #expect(scores == result.hits, "scores are the exact formula's")
        }
        if ![.byte, .bit].contains(element.type) { #expect(walks == queries.count) }
        #expect(Double(found) / Double(10 * queries.count) >= 0.95)

        // The walk itself, for element types of which a scan of so few is cheaper.
        var walked = 0
        let context = try SearchContext()
        for query in queries {
            let exact = try index.exactSearch(query, k: 10, among: all).hits
            let walk = try index.growing.candidates(
                for: try RowsQuery(nearest: query, configuration).walkComponents(configuration), k: 10, count: 10, accepting: all, within: WalkBounds(60),
                using: context)
            guard case .found(let ordinals) = walk else { continue }
            walked += try index.score(query, ordinals: ordinals).count { ($0?.score ?? 0) >= exact[9].score }
        }
        #expect(Double(min(walked, 10 * queries.count)) / Double(10 * queries.count) >= 0.95)
    }

    /// Pictures that differ in a pixel: many vectors whose codes are nearly or wholly the same.
    @Test(arguments: [Metric.cosine, .euclidean, .maximumInnerProduct], [1e-2, 1e-3, 1e-5] as [Float])
    func nearDuplicates(metric: Metric, noise: Float) throws {
        var generator = SeededGenerator(seed: 3)
        let centres = generator.vectors(30, 32)
        let vectors = (0..<1500).map { index in
            centres[index % 30].map { $0 + noise * Float.random(in: -1...1, using: &generator) }
        } + generator.vectors(1500, 32)
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding(vectors, in: directory, metric: metric, threads: 1)
        let all = OrdinalSet(0..<3000)
        #expect(try recall(index, generator.vectors(40, 32), k: 10, candidates: 80, accepting: all) >= 0.9)
        let near = (0..<30).map { centres[$0].map { $0 + noise * Float.random(in: -1...1, using: &generator) } }
        // Whoever is of the cluster will do: float arithmetic itself cannot rank the closest.
        for query in near {
            let hits = try index.search(query, k: 10, candidates: 80, accepting: all).hits
            let exact = try index.exactSearch(query, k: 50, among: all).hits
            #expect(hits.allSatisfy { $0.score >= exact[49].score - 1e-6 })
        }
        if noise > 1e-4 { #expect(try recall(index, near, k: 10, candidates: 80, accepting: all) >= 0.9) }
    }

    /// A scan of the codes has the nearest among what it keeps, also of those that a restart brought back, and says when it
    /// cannot know.
    @Test(arguments: [Metric.cosine, .euclidean, .maximumInnerProduct])
    func scansKeepTheNearest(metric: Metric) throws {
        var generator = SeededGenerator(seed: 14)
        let distinct = generator.vectors(700, 24), directory = TemporaryDirectory()
        var index = try VectorIndex.holding(distinct + distinct[..<60], in: directory, metric: metric)
        try index.remove([5, 705])
        for isReopened in [false, true] {
            if isReopened {
                try index.checkpoint()
                index = try VectorIndex(directory: directory.path, configuration: index.configuration)
            }
            for accepting in [OrdinalSet(0..<760), OrdinalSet(690..<730), [3, 703], [5], [9999]] {
                let query = generator.vector(24), context = try SearchContext()
                let exact = try index.exactSearch(query, k: 10, among: accepting).hits.map(\.ordinal)
                func scanned(limit: Int) throws -> [UInt32]? {
                    try index.growing.scanned(
                        for: RowsQuery(nearest: query, index.configuration).walkComponents(index.configuration), k: 10,
                        count: 1, accepting: accepting, limit: limit, using: context)
                }
                let found = try #require(try scanned(limit: 760))
                #expect(Set(found).count == found.count && OrdinalSet(found).isSubset(of: accepting.subtracting([5, 705])))
                #expect(Set(exact).isSubset(of: found), "\(accepting.count)")
                #expect(context.visited == accepting.intersection(index.members).count)
                if exact.count == 10 { #expect(try scanned(limit: 3) == nil) }
            }
        }
    }

    /// So close to one another that codes alone get their order wrong.
    @Test(arguments: [Metric.cosine, .euclidean])
    func candidatesInDoubtAreCompared(metric: Metric) throws {
        var generator = SeededGenerator(seed: 12)
        let centre = generator.vector(16)
        func near() -> [Float] { centre.map { $0 + Float.random(in: -0.02...0.02, using: &generator) } }
        let vectors = (0..<6000).map { $0 % 20 == 0 ? near() : generator.vector(16) }
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding(vectors, in: directory, metric: metric, threads: 1)
        let all = OrdinalSet(0..<6000), queries = (0..<40).map { _ in near() }
        var withDoubt = 0, byCodesAlone = 0
        for query in queries {
            let exact = Set(try index.exactSearch(query, k: 10, among: all).hits.map(\.ordinal))
            let walk = try index.growing.candidates(
                for: try RowsQuery(nearest: query, index.configuration).walkComponents(index.configuration), k: 10, count: 10, accepting: all, within: WalkBounds(200),
                using: try SearchContext())
            guard case .found(let ordinals) = walk else { continue }
            withDoubt += exact.intersection(ordinals).count
            byCodesAlone += exact.intersection(ordinals.prefix(10)).count
        }
        #expect(withDoubt >= 390 && byCodesAlone < 360, "\(withDoubt), \(byCodesAlone) of 400")
    }

    /// Codes are not in the checkpoint: an opening computes them again.
    @Test(arguments: cases)
    func codesAreRestored(_ element: (type: ElementType, metric: Metric)) throws {
        let configuration = try VectorIndexConfiguration(
            dimensions: 64, metric: element.metric, kind: .hnsw(m: 6, efConstruction: 40), elementType: element.type)
        let directory = TemporaryDirectory()
        let all = OrdinalSet(0..<500), query = Self.vectors(1, configuration, seed: 4)[0]
        func walk(_ index: VectorIndex) throws -> [UInt32] {
            let walk = try index.growing.candidates(
                for: try RowsQuery(nearest: query, configuration).walkComponents(configuration), k: 20, count: 20, accepting: all, within: WalkBounds(20),
                using: try SearchContext())
            guard case .found(let ordinals) = walk else { return [] }
            return ordinals
        }
        let index = try VectorIndex(directory: directory.path, configuration: configuration)
        try index.append(Self.vectors(500, configuration, seed: 5).enumerated().map { (UInt32($0), $1) })
        try index.insert(Array(all))
        try index.checkpoint()
        let before = try walk(index)
        #expect(before.count == 20)
        #expect(try walk(VectorIndex(directory: directory.path, configuration: configuration)) == before)
    }

    /// Three in ten deleted and written again under new ordinals, five times over.
    @Test func updatesKeepRecall() throws {
        let configuration = try VectorIndexConfiguration(
            dimensions: 32, metric: .cosine, kind: .hnsw(m: 12, efConstruction: 80))
        let vectors = Self.vectors(4000, configuration, seed: 6), queries = Self.vectors(100, configuration, seed: 7)
        let directory = TemporaryDirectory(), fresh = TemporaryDirectory()
        let index = try VectorIndex(directory: directory.path, configuration: configuration)
        var generator = SeededGenerator(seed: 8)
        // Which vector each live ordinal has.
        var live: [UInt32: Int] = [:]
        var next: UInt32 = 0
        func write(_ numbers: [Int]) throws {
            let batch = numbers.map { number in
                defer { next += 1 }
                live[next] = number
                return (next, vectors[number])
            }
            try index.append(batch)
            try index.insert(batch.map(\.0))
        }
        try write(Array(0..<4000))
        for _ in 0..<5 {
            let dead = live.keys.sorted().shuffled(using: &generator).prefix(1200)
            let numbers = dead.compactMap { live.removeValue(forKey: $0) }
            try index.remove(OrdinalSet(dead))
            try write(numbers)
        }
        #expect(index.members == OrdinalSet(live.keys))
        let built = try VectorIndex.holding(
            vectors, in: fresh, metric: .cosine, kind: .hnsw(m: 12, efConstruction: 80), threads: 1)
        let updated = try recall(index, queries, k: 10, candidates: 30, accepting: OrdinalSet(live.keys))
        let expected = try recall(built, queries, k: 10, candidates: 30, accepting: OrdinalSet(0..<4000))
        #expect(updated >= expected - 0.01, "\(updated) of \(expected)")
    }

    @Test func oversampleComparesMore() throws {
        let configuration = try VectorIndexConfiguration(dimensions: 48, metric: .cosine)
        let directory = TemporaryDirectory()
        let vectors = Self.vectors(4000, configuration, seed: 9)
        let index = try VectorIndex.holding(vectors, in: directory)
        let all = OrdinalSet(0..<4000)
        for query in Self.vectors(20, configuration, seed: 10) {
            let plain = try index.search(query, k: 10, candidates: 10, accepting: all)
            // More candidates are kept as well, so that there are as many.
            let more = try index.search(query, k: 10, candidates: 10, accepting: all, oversample: 5)
            #expect(more.visited > plain.visited)
            #expect(zip(more.hits, plain.hits).allSatisfy { $0.score >= $1.score })
            for oversample in [-1, 0, .nan, 1e30, .infinity] as [Float] {
                let result = try index.search(query, k: 10, candidates: 10, accepting: all, oversample: oversample)
                #expect(result.hits.count == 10)
            }
        }
    }

    @Test(arguments: [(ElementType.float, 384), (.float, 512), (.float, 100), (.byte, 768), (.bit, 1024)])
    func memoryIsBounded(type: ElementType, dimensions: Int) throws {
        let configuration = try VectorIndexConfiguration(
            dimensions: dimensions, metric: .euclidean, kind: .hnsw(m: 16, efConstruction: 20), elementType: type)
        let directory = TemporaryDirectory()
        let index = try VectorIndex(directory: directory.path, configuration: configuration)
        try index.append(Self.vectors(1000, configuration, seed: 11).enumerated().map { (UInt32($0), $1) })
        try index.insert(Array(0..<1000))
        let statistics = index.statistics
        #expect(statistics.rawBytesPerVector == index.vectors.header.rowBytes)
        #expect(statistics.residentBytesPerVector >= Double(configuration.componentCount + 128))
        #expect(
            statistics.residentBytesPerVector
                <= (type == .bit ? Double(dimensions / 8 + 128 + 64) : 1.1 * Double(dimensions + 128)))
    }
}
