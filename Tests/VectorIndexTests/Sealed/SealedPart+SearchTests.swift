import CVectorKernels
import Ordinals
import TestSupport
import Testing

@testable import VectorIndex

@Suite struct SealedPartSearchTests {
    /// An estimate's error, in the deviations that the part states for its query.
    private struct Errors {
        var values: [Double] = []

        func share(within deviations: Double) -> Double {
            Double(values.count { abs($0) <= deviations }) / Double(max(1, values.count))
        }

        var mean: Double { values.reduce(0, +) / Double(max(1, values.count)) }
    }

    /// Queries and their neighbours, where estimates decide.
    private func errors(_ index: VectorIndex, _ queries: [[Float]]) throws -> (sketches: Errors, codes: Errors) {
        let part = try index.onlyPart, facts = part.content.facts, configuration = index.configuration
        let ordinals = part.content.section(.ordinals, of: UInt32.self).map { $0 & ~CVK_HAS_DUPLICATES }
        let centre = part.content.section(.centre, of: Float.self).map(Double.init)
        let rows = index.vectors.rows, context = try SealedContext()
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: configuration.dimensions)
        defer { buffer.deallocate() }
        let isEuclidean = configuration.metric == .euclidean
        var sketches = Errors(), codes = Errors()
        for query in queries {
            let prepared = try RowsQuery(nearest: query, configuration).walkComponents(configuration)
            let near = try index.exactSearch(query, k: 24, among: index.members).hits.map(\.ordinal)
            let nodes = near.compactMap { ordinals.firstIndex(of: $0).map { UInt32($0) } }
            let turned = part.turned(prepared)
            let length = Double(turned.reduce(0) { $0 + $1 * $1 }.squareRoot())
            if length == 0 { continue }
            let (bySketches, byCodes) = try part.estimates(for: turned, nodes: nodes, using: context)
            for (place, node) in nodes.enumerated() {
                let vector = index.vectors.components(of: ordinals[Int(node)], in: rows, buffer: buffer)
                var product = 0.0, square = 0.0
                for dimension in centre.indices {
                    let x = Double(vector[dimension]) - centre[dimension]
                    product += x * (Double(prepared[dimension]) - (isEuclidean ? centre[dimension] : 0))
                    square += x * x
                }
                let truth = isEuclidean ? product - square / 2 : product
                // What is exact but for rounding has no deviation to speak of.
                let rounding = 1e-3 * square.squareRoot()
                sketches.values.append((Double(bySketches[place]) - truth) / length / (Double(facts.sketchError) + rounding))
                codes.values.append((Double(byCodes[place]) - truth) / length / (Double(facts.codeError) + rounding))
            }
        }
        return (sketches, codes)
    }

    @Test(arguments: Metric.allCases, [1, 2, 3, 17, 64, 100])
    func estimatesAreAsGoodAsStated(metric: Metric, dimensions: Int) throws {
        try expectStatedErrors(metric, dimensions, count: 200)
    }

    @Test(arguments: [Metric.cosine, .euclidean])
    func estimatesOfLongVectorsAreAsGoodAsStated(metric: Metric) throws {
        try expectStatedErrors(metric, 384, count: 60)
    }

    private func expectStatedErrors(_ metric: Metric, _ dimensions: Int, count: Int) throws {
        let configuration = try VectorIndexConfiguration(dimensions: dimensions, metric: metric)
        var generator = SeededGenerator(seed: UInt64(dimensions))
        let vectors = generator.vectors(count, clusters: 6, spread: 0.7, configuration)
        let queries = (0..<20).map { vectors[$0 * count / 20] }
        let index = try VectorIndex.sealed(vectors, configuration, in: TemporaryDirectory())
        let (sketches, codes) = try errors(index, queries)
        // In a few dimensions, one rotation gives few errors, and lengths differ much.
        let isFew = dimensions == 2 || dimensions == 3
        for errors in [sketches, codes] {
            #expect(errors.share(within: 2) >= (isFew ? 0.6 : 0.9))
            #expect(errors.share(within: 3) >= (isFew ? 0.7 : 0.97))
            #expect(abs(errors.mean) <= 0.35)
        }
    }

    /// A part of one node, which is its centre: nothing is left to estimate.
    @Test(arguments: Metric.allCases)
    func whatHasNoLengthIsNothing(metric: Metric) throws {
        let configuration = try VectorIndexConfiguration(dimensions: 3, metric: metric)
        let index = try VectorIndex.sealed(
            [[Float]](repeating: [0.6, 0.8, 0], count: 5), configuration, in: TemporaryDirectory())
        let part = try index.onlyPart, context = try SealedContext()
        #expect(part.content.facts.sketchError == 0 && part.content.facts.codeError == 0)
        for query in [[0.6, 0.8, 0], [0, 0, 1]] as [[Float]] {
            let (sketches, codes) = try part.estimates(for: part.turned(query), nodes: [0], using: context)
            #expect(sketches == [0] && codes == [0])
        }
    }

    /// Zeros among others, as vectors and as the query.
    @Test(arguments: [Metric.euclidean, .maximumInnerProduct])
    func zeroVectors(metric: Metric) throws {
        var generator = SeededGenerator(seed: 1)
        let zero = [Float](repeating: 0, count: 10)
        let configuration = try VectorIndexConfiguration(dimensions: 10, metric: metric)
        let index = try VectorIndex.sealed(
            generator.vectors(99, 10) + [zero], configuration, in: TemporaryDirectory())
        let part = try index.onlyPart, context = try SealedContext()
        let (sketches, codes) = try part.estimates(for: part.turned(zero), nodes: Array(0..<100), using: context)
        #expect((sketches + codes).allSatisfy { $0.isFinite })
        let exact = try index.exactSearch(zero, k: 5, among: index.members).hits.map(\.score)
        #expect(try index.walked(zero, k: 5, ef: 60).map(\.score) == exact)
    }

    /// Both ways see the same vectors, and pass the same filter.
    @Test func scansAgreeWithWalks() throws {
        var generator = SeededGenerator(seed: 2)
        let some = generator.vectors(300, 12)
        let configuration = try VectorIndexConfiguration(dimensions: 12, metric: .euclidean)
        let index = try VectorIndex.sealed(some + some[..<50], configuration, in: TemporaryDirectory())
        let part = try index.onlyPart, context = try SealedContext()
        let query = part.turned(generator.vector(12))
        for accepting in [nil, OrdinalSet(0..<350), OrdinalSet(300..<350), OrdinalSet(70..<300), [3, 303, 349], [999], []] {
            func found(_ way: SealedPart.Way) throws -> [UInt32] {
                try part.candidates(for: query, k: 350, count: 350, accepting: accepting, way, using: context)
            }
            let walked = try found(.walk(WalkBounds(350))), expected = (accepting ?? part.members).intersection(part.members)
            #expect(walked == (try found(.scan(keeping: 350))))
            #expect(walked.count == expected.count && OrdinalSet(walked) == expected)
        }
    }
}
