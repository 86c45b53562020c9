import Ordinals
import TestSupport
import Testing

@testable import VectorIndex

/// Random sequences of everything an index can do, held against a model after every step.
@Suite struct RandomOperationsTests {
    @Test(arguments: 0..<6 as Range<UInt64>, [VectorIndexConfiguration.Kind.hnsw(m: 6, efConstruction: 40), .flat])
    func equalsTheModel(seed: UInt64, kind: VectorIndexConfiguration.Kind) throws {
        var generator = SeededGenerator(seed: seed)
        let metric = [Metric.cosine, .euclidean, .maximumInnerProduct][Int(seed % 3)]
        let configuration = try VectorIndexConfiguration(dimensions: 5, metric: metric, kind: kind)
        let directory = TemporaryDirectory()
        var index = try VectorIndex(directory: directory.path, configuration: configuration)
        var model = BruteForce(metric)
        var live = OrdinalSet()
        var nextOrdinal: UInt32 = 0
        var trace: [String] = []

        for _ in 0..<60 {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<5:
                let count = UInt32.random(in: 1...15, using: &generator)
                var batch: [(ordinal: UInt32, vector: [Float])] = []
                for _ in 0..<count {
                    nextOrdinal += UInt32.random(in: 1...3, using: &generator)
                    let copied = live.isEmpty ? nil : model.vectors[live.first!]
                    let vector = Bool.random(using: &generator) ? generator.vector(5) : copied ?? generator.vector(5)
                    batch.append((nextOrdinal, vector))
                    model.vectors[nextOrdinal] = vector
                    live.insert(nextOrdinal)
                }
                try index.append(batch)
                try index.insert(batch.map(\.ordinal), threads: 2)
                trace.append("insert \(count)")
            case 5:
                let dead = live.shuffled(using: &generator).prefix(live.count / 4)
                for ordinal in dead { live.remove(ordinal) }
                trace.append("delete \(dead.count)")
            case 6:
                let dead = OrdinalSet(model.vectors.keys).subtracting(live)
                try index.remove(dead)
                trace.append("remove \(dead.count)")
            case 7:
                try index.synchronize()
                try index.checkpoint()
                trace.append("checkpoint")
            default:
                index = try VectorIndex(directory: directory.path, configuration: configuration)
                try index.insert(Array(live))
                trace.append("reopen")
            }
            try verify(index, model, live, &generator, trace)
        }
    }

    private func verify(
        _ index: VectorIndex, _ model: BruteForce, _ live: OrdinalSet, _ generator: inout SeededGenerator,
        _ trace: [String]
    ) throws {
        let query = generator.vector(5)
        let expected = model.search(query, k: 8, accepting: live)
        for result in [
            try index.exactSearch(query, k: 8, among: live),
            try index.search(query, k: 8, candidates: 8, accepting: live),
        ] {
            #expect(result.hits.count == expected.count, "\(trace)")
            #expect(Set(result.hits.map(\.ordinal)).count == result.hits.count, "\(trace)")
            for hit in result.hits {
                #expect(live.contains(hit.ordinal), "\(trace)")
                let vector = try #require(model.vectors[hit.ordinal])
                #expect(abs(model.raw(query, vector) - Double(hit.raw)) < 1e-4, "\(trace)")
            }
        }
        let exact = try index.exactSearch(query, k: 8, among: live).hits
        #expect(zip(exact, expected).allSatisfy { abs(Double($0.raw) - $1.raw) < 1e-4 }, "\(trace)")
        guard index.configuration.hasGraph, !live.isEmpty else { return }
        // With room for all, a walk comes to all, and so does a scan of codes.
        let walked = try RowsQuery(nearest: query, index.configuration).walkComponents(index.configuration)
        let context = try SearchContext(), count = index.members.count
        let walk = try index.growing.candidates(
            for: walked, k: count, count: count, accepting: live, within: WalkBounds(count), using: context)
        guard case .found(let found) = walk else { return #expect(Bool(false), "\(trace)") }
        #expect(found.count == live.count && OrdinalSet(found) == live, "\(trace)")
        let scanned = try index.growing.scanned(
            for: walked, k: count, count: count, accepting: live, limit: count, using: context)
        #expect(OrdinalSet(scanned ?? []) == live || context.isInDoubt, "\(trace)")
    }
}
