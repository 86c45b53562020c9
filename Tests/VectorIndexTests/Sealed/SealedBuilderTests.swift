import CVectorKernels
import Ordinals
import TestSupport
import Testing

@testable import VectorIndex

@Suite struct SealedBuilderTests {
    private func sealed(
        _ vectors: [[Float]], metric: Metric = .euclidean, quantization: Quantization = .none
    ) throws -> VectorIndex {
        let configuration = try VectorIndexConfiguration(
            dimensions: vectors[0].count, metric: metric, quantization: quantization)
        return try VectorIndex.sealed(vectors, configuration, in: TemporaryDirectory())
    }

    @Test(arguments: ElementTypeTests.cases, [16, 64])
    func recallOfEveryElement(_ element: (type: ElementType, metric: Metric), dimensions: Int) throws {
        let configuration = try VectorIndexConfiguration(
            dimensions: dimensions, metric: element.metric, elementType: element.type)
        var generator = SeededGenerator(seed: 3)
        let vectors = generator.vectors(280, clusters: 10, spread: 0.6, configuration)
        let index = try VectorIndex.sealed(Array(vectors[..<260]), configuration, in: TemporaryDirectory())
        #expect(try index.walkRecall(Array(vectors[260...]), k: 10, ef: 40) >= 0.97)
    }

    @Test(arguments: Quantization.allCases, [12, 96])
    func recallOfEveryQuantization(quantization: Quantization, dimensions: Int) throws {
        let configuration = try VectorIndexConfiguration(
            dimensions: dimensions, metric: .cosine, quantization: quantization)
        var generator = SeededGenerator(seed: 4)
        let vectors = generator.vectors(320, clusters: 10, spread: 0.6, configuration)
        let index = try VectorIndex.sealed(Array(vectors[..<300]), configuration, in: TemporaryDirectory())
        #expect(try index.onlyPart.content.facts.hasCodes == (quantization != .bit))
        let ef = quantization == .bit ? 100 : 40
        #expect(try index.walkRecall(Array(vectors[300...]), k: 10, ef: ef) >= 0.95)
    }

    /// More than a leaf, so that points are cut into several.
    @Test(arguments: [Metric.cosine, .euclidean, .maximumInnerProduct])
    func recallOverSeveralLeaves(metric: Metric) throws {
        let configuration = try VectorIndexConfiguration(dimensions: 12, metric: metric)
        var generator = SeededGenerator(seed: 5)
        let vectors = generator.vectors(1830, 12)
        let index = try VectorIndex.sealed(Array(vectors[..<1800]), configuration, in: TemporaryDirectory())
        #expect(try index.walkRecall(Array(vectors[1800...]), k: 10, ef: 60) >= 0.97)
        #expect(index.statistics.sealedCount == 1800 && index.statistics.duplicates == 0)
    }

    /// Groups whose members only their own code tells apart, and hardly so.
    @Test func tightGroupsAreReached() throws {
        var generator = SeededGenerator(seed: 6)
        let centres = generator.vectors(12, 12)
        var vectors = centres.flatMap { centre in
            (0..<200).map { _ in zip(centre, generator.vector(12)).map { $0 + 0.0005 * $1 } }
        }
        vectors.shuffle(using: &generator)
        let index = try sealed(vectors)
        let part = try index.onlyPart, links = try Links(part)
        #expect(links.reached.count == 2400)
        for ordinal in stride(from: 0, to: 2400, by: 40) {
            let hits = try index.walked(vectors[ordinal], k: 1, ef: 260)
            #expect(hits.map(\.ordinal) == [UInt32(ordinal)])
        }
    }

    @Test func oneVector() throws {
        let index = try sealed([[1, 2, 3]])
        #expect(try index.walked([3, 2, 1], k: 5, ef: 10).map(\.ordinal) == [0])
        #expect(try index.search([3, 2, 1], k: 5, candidates: 10, accepting: [0]).hits.map(\.ordinal) == [0])
        #expect(try index.search([3, 2, 1], k: 5, candidates: 10, accepting: []).hits.isEmpty)
        #expect(try index.walked([3, 2, 1], k: 5, ef: 10, accepting: []).isEmpty)
    }

    /// More than a leaf of one vector, which is one node.
    @Test(arguments: [2, 4000])
    func identicalVectors(count: Int) throws {
        let index = try sealed([[Float]](repeating: [1, 2, 3], count: count))
        #expect(try index.onlyPart.content.facts.nodes == 1)
        #expect(index.statistics.duplicates == count - 1 && index.members == OrdinalSet(0..<UInt32(count)))
        #expect(try index.walked([0, 0, 0], k: 2, ef: 2).map(\.ordinal) == [0, 1])
        let last = UInt32(count - 1)
        #expect(try index.walked([0, 0, 0], k: 2, ef: 2, accepting: [last]).map(\.ordinal) == [last])
        #expect(try index.walked([0, 0, 0], k: 2, ef: 2, accepting: [last + 1]).isEmpty)
        #expect(try index.walked([0, 0, 0], k: 5000, ef: 5000).count == count)
    }

    /// Different, yet nothing that is built tells them apart.
    @Test func vectorsThatAreAsGoodAsIdentical() throws {
        let vectors = (0..<3000).map { [1, 2, 3 + Float($0) * 1e-6] }
        let index = try sealed(vectors)
        let part = try index.onlyPart
        #expect(try Links(part).reached.count == part.content.facts.nodes)
        #expect(try index.walked([1, 2, 3], k: 10, ef: 50).count == 10)
    }

    @Test func duplicatesAreFoundByTheirOrdinals() throws {
        var generator = SeededGenerator(seed: 7)
        let some = generator.vectors(100, 6)
        let index = try sealed(some + some + some)
        #expect(index.statistics.duplicates == 200)
        for ordinal in [0, 37, 99] as [UInt32] {
            let query = some[Int(ordinal)]
            #expect(try index.walked(query, k: 3, ef: 20).map(\.ordinal) == [ordinal, ordinal + 100, ordinal + 200])
            #expect(try index.walked(query, k: 1, ef: 1, accepting: [ordinal + 200], most: 300).map(\.ordinal) == [ordinal + 200])
            let search = try index.search(query, k: 1, candidates: 10, accepting: OrdinalSet(100..<300))
            #expect(search.hits.map(\.ordinal) == [ordinal + 100])
        }
    }

    /// Many of one vector, which by its code is the nearest, maybe: those that really are must not be kept out.
    @Test(arguments: [Quantization.none, .bit])
    func duplicatesKeepNoneOut(quantization: Quantization) throws {
        var generator = SeededGenerator(seed: 8)
        let query = generator.vector(24)
        func away(_ distance: Float) -> [Float] {
            let direction = VectorIndexConfiguration.unit(generator.vector(24))
            return zip(query, direction).map { $0 + distance * $1 }
        }
        let near = (0..<8).map { _ in away(0.98) }, often = [[Float]](repeating: away(1), count: 600)
        let others = (0..<200).map { _ in away(3) }
        let index = try sealed(often + near + others, quantization: quantization)
        let expected = try index.exactSearch(query, k: 10, among: index.members).hits.map(\.ordinal)
        #expect(Set(expected) == Set(600..<608).union([0, 1]))
        #expect(try index.walked(query, k: 10, ef: 40).map(\.ordinal) == expected)
    }

    @Test func moreIsAskedForThanThereIs() throws {
        var generator = SeededGenerator(seed: 9)
        let vectors = generator.vectors(50, 6)
        let index = try sealed(vectors)
        for (k, candidates) in [(50, 50), (60, 1000), (1000, 10_000)] {
            let hits = try index.search(vectors[0], k: k, candidates: candidates, accepting: OrdinalSet(0..<100)).hits
            #expect(Set(hits.map(\.ordinal)) == Set(0..<50))
        }
        #expect(try index.walked(vectors[0], k: 60, ef: 1000).count == 50)
    }

    /// One vector that stands apart must not take the others' codes with it.
    @Test(arguments: [Metric.euclidean, .maximumInnerProduct])
    func aVectorFarAwaySpoilsNothing(metric: Metric) throws {
        var generator = SeededGenerator(seed: 10)
        let far = generator.vector(16).map { $0 * 1e7 }
        let vectors = generator.vectors(500, 16) + [far]
        let index = try sealed(vectors, metric: metric)
        let accepting = OrdinalSet(0..<500)
        var found = 0
        for query in vectors[..<20] {
            let exact = try index.exactSearch(query, k: 10, among: accepting).hits.map(\.ordinal)
            found += Set(exact).intersection(try index.walked(query, k: 10, ef: 50, accepting: accepting).map(\.ordinal)).count
        }
        #expect(found >= 190)
    }

    /// What leaves Float's range when it is squared is compared exactly, and nothing traps.
    @Test(arguments: [Metric.euclidean, .maximumInnerProduct], [1e19, 3e38] as [Float])
    func lengthsBeyondFloat(metric: Metric, scale: Float) throws {
        var generator = SeededGenerator(seed: 11)
        let vectors = generator.vectors(100, 8).map { $0.map { $0 * scale } }
        let index = try sealed(vectors, metric: metric)
        let all = OrdinalSet(0..<100)
        #expect(try index.search(vectors[0], k: 100, candidates: 100, accepting: all).hits.count == 100)
        _ = try index.walked(vectors[1], k: 10, ef: 20)
    }

    /// The same vectors give the same part, however many work at it.
    @Test func buildingIsReproducible() throws {
        var generator = SeededGenerator(seed: 12)
        let vectors = generator.vectors(300, 8)
        let index = try sealed(vectors)
        let bytes = try index.onlyPart.content.bytes
        let again = try SealedBuilder(index.vectors, index.configuration, threads: 1).build(OrdinalSet(0..<300))
        let facts = try index.onlyPart.content.facts
        #expect(again.facts == facts)
        #expect(bytes.elementsEqual(again.bytes))
    }
}

/// A part's links, followed one by one.
struct Links {
    private(set) var reached: Set<UInt32> = []

    init(_ part: SealedPart) throws {
        let content = part.content, layout = content.facts.layout
        let records = UnsafeRawBufferPointer(content.section(.records, of: UInt8.self))
        var waiting = Array(content.section(.entries, of: UInt32.self))
        reached = Set(waiting)
        while let node = waiting.popLast() {
            let start = Int(node) * layout.record_stride + 64 * layout.blocks
            for place in 0..<content.facts.degree {
                let link = records.load(fromByteOffset: start + 4 * place, as: UInt32.self)
                if link == CVK_NO_NODE { break }
                try #require(link < content.facts.nodes)
                if reached.insert(link).inserted { waiting.append(link) }
            }
        }
    }
}
