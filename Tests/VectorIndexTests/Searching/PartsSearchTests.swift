import CVectorKernels
import Ordinals
import Synchronization
import TestSupport
import Testing

@testable import VectorIndex

@Suite struct PartsSearchTests {
    private static let count: UInt32 = 20_000
    private static let ratios = [1, 0.5, 0.1, 0.01, 0.001, 0]

    /// What passes a filter, as it relates to the query.
    private enum Relation: CaseIterable {
        case none, nearer, farther
    }

    private func clustered(_ generator: inout SeededGenerator) -> [[Float]] {
        let centres = generator.vectors(100, 32)
        return (0..<Self.count).map { ordinal in
            zip(centres[Int(ordinal) % 100], generator.vector(32)).map { $0 + 0.7 * $1 }
        }
    }

    @Test func filtersOfEveryRatio() throws {
        var generator = SeededGenerator(seed: 1)
        let vectors = clustered(&generator)
        let configuration = try VectorIndexConfiguration(dimensions: 32, metric: .cosine)
        let index = try VectorIndex.sealed(vectors, configuration, in: TemporaryDirectory())
        var found: [String: (hits: Int, wanted: Int)] = [:]
        for number in 0..<4 {
            let query = zip(vectors[number * 977], generator.vector(32)).map { $0 + 0.3 * $1 }
            let ranked = try index.exactSearch(query, k: Int(Self.count), among: index.members).hits.map { $0.ordinal }
            for relation in Relation.allCases {
                let order: [UInt32] =
                    switch relation {
                    case .none: Array(0..<Self.count).shuffled(using: &generator)
                    case .nearer: ranked
                    case .farther: ranked.reversed()
                    }
                for ratio in Self.ratios {
                    let accepting = OrdinalSet(order[..<Int(Double(Self.count) * ratio)])
                    let (hits, wanted) = try filtered(index, query, accepting, relation)
                    let before = found["\(relation) \(ratio)"] ?? (0, 0)
                    found["\(relation) \(ratio)"] = (before.hits + hits, before.wanted + wanted)
                }
            }
        }
        for (filter, (hits, wanted)) in found { #expect(Double(hits) >= 0.95 * Double(wanted), "\(filter)") }
        try expectDeadEndsAreScanned(index, vectors[0])
    }

    /// How many of the nearest were found, and whether in the way that was predicted to be the cheapest.
    private func filtered(
        _ index: VectorIndex, _ query: [Float], _ accepting: OrdinalSet, _ relation: Relation
    ) throws -> (hits: Int, wanted: Int) {
        let exact = try index.exactSearch(query, k: 10, among: accepting).hits.map { $0.ordinal }
        let result = try index.search(query, k: 10, candidates: 60, accepting: accepting)
        let choice = SearchStrategyChoice(
            members: Int(Self.count), accepted: accepting.count, ef: 60, k: 10,
            costs: .sealed(rowBytes: index.vectors.header.rowBytes, sketchBytes: 32 / 8 + 16))
        #expect(result.predicted == choice.predicted)
        // A walk that finds too few is followed by a scan: a filter may be against the query.
        let isFollowed =
            relation == .farther && choice.strategy != .exact
            && [.codes, .graphThenExact].contains(result.strategy)
        #expect(result.strategy == choice.strategy || isFollowed)
        return (Set(exact).intersection(result.hits.map { $0.ordinal }).count, exact.count)
    }

    /// The walk of a graph whose near ones do not pass ends with too few.
    private func expectDeadEndsAreScanned(_ index: VectorIndex, _ query: [Float]) throws {
        let far = try index.exactSearch(query, k: Int(Self.count), among: index.members).hits.suffix(8000).map(\.ordinal)
        let result = try index.search(query, k: 10, candidates: 60, accepting: OrdinalSet(far))
        let exact = try index.exactSearch(query, k: 10, among: OrdinalSet(far))
        let found = Set(result.hits.map { $0.ordinal }).intersection(exact.hits.map { $0.ordinal })
        #expect([.codes, .graphThenExact].contains(result.strategy) && found.count >= 9)
    }

    /// Sealed, frozen and growing parts give one answer; each vector is in one.
    @Test func partsAreSearchedTogether() throws {
        var generator = SeededGenerator(seed: 2)
        let vectors = generator.vectors(3000, 16)
        let directory = TemporaryDirectory()
        let configuration = try VectorIndexConfiguration(dimensions: 16, metric: .euclidean)
        let index = try VectorIndex(directory: directory.path, configuration: configuration)
        try index.append(vectors.enumerated().map { (UInt32($0), $1) })
        try index.seal(adding: OrdinalSet(0..<2000), threads: 2)
        try index.insert(Array(2000..<2700), threads: 2)
        // As while a sealing runs.
        let fresh = try GrowingPart(configuration)
        _ = index.insertions.exclusive { index.parts.withLock { $0.freeze(fresh) } }
        try index.insert(Array(2700..<3000), threads: 2)
        #expect(index.currentParts.unsealed.count == 2 && index.members == OrdinalSet(0..<3000))
        for accepting in [OrdinalSet(0..<3000), OrdinalSet(1500..<3000), OrdinalSet(2650..<2750), [5, 2005, 2995]] {
            let found = try recall(index, Array(vectors[..<10]), k: 10, candidates: 80, accepting: accepting)
            #expect(found >= 0.97)
        }
        let hits = try index.search(vectors[0], k: 3000, candidates: 3000, accepting: OrdinalSet(0..<3000)).hits
        #expect(hits.count == 3000 && Set(hits.map(\.ordinal)).count == 3000)
    }

    /// All that is near the query is in the smaller part, which keeps few candidates at first.
    @Test func aPartWithMoreThanItsShareIsSearchedAgain() throws {
        var generator = SeededGenerator(seed: 3)
        let directory = TemporaryDirectory()
        let configuration = try VectorIndexConfiguration(dimensions: 24, metric: .euclidean)
        let index = try VectorIndex(directory: directory.path, configuration: configuration)
        let centre = generator.vector(24).map { 8 * $0 }
        func near() -> [Float] { zip(centre, generator.vector(24)).map { $0 + $1 } }
        let vectors = generator.vectors(5000, 24) + (0..<1500).map { _ in near() }
        try index.append(vectors.enumerated().map { (UInt32($0), $1) })
        try index.seal(adding: OrdinalSet(0..<5000), threads: 2)
        try index.insert(Array(5000..<6500), threads: 1)
        let all = OrdinalSet(0..<6500), queries = (0..<20).map { _ in near() }
        #expect(try recall(index, queries, k: 10, candidates: 60, accepting: all) >= 0.95)
        var again = 0
        for query in queries {
            let exact = try RowsQuery(nearest: query, configuration)
            var search = PartsSearch(
                query: exact.walkComponents(configuration), k: 10, count: 10, ef: 60, accepting: all,
                sealedCosts: .sealed(rowBytes: 128, sketchBytes: 24), growingCosts: .growing(rowBytes: 128, codeBytes: 24))
            try index.contexts.withContext { context throws(VectorIndexError) in
                try search.run(over: index.currentParts, using: context)
                let hits = index.rank(search.candidates, by: exact, k: 10).map(\.node)
                if try search.runAgain(where: hits, using: context) { again += 1 }
            }
        }
        #expect(again == queries.count)
    }
}
