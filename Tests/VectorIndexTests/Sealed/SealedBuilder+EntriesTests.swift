import Ordinals
import TestSupport
import Testing

@testable import VectorIndex

@Suite struct SealedBuilderEntriesTests {
    private let dimensions = 24
    private let directory = TemporaryDirectory()

    /// Groups that stand apart, each larger than what leaves mix, and single vectors half way between, by which all can be
    /// reached, by who finds them.
    private func part(entries: Int, spread: Float, metric: Metric) throws -> (part: SealedPart, vectors: [[Float]]) {
        var generator = SeededGenerator(seed: 8)
        let centres = (0..<6).map { _ in (0..<dimensions).map { _ in 3 * generator.normal() } }
        var vectors = (0..<4800).map { index in centres[index % 6].map { $0 + spread * generator.normal() } }
        vectors += (0..<5).map { index in zip(centres[index], centres[index + 1]).map { ($0 + $1) / 2 } }
        let configuration = try VectorIndexConfiguration(dimensions: dimensions, metric: metric)
        let store = try RawVectors(directory: directory.path, configuration: configuration)
        try store.append(vectors.enumerated().map { (UInt32($0), $1) })
        let content = try SealedBuilder(store, configuration, threads: 2, entries: entries).build(OrdinalSet(0..<4805))
        return (SealedPart(content, isEuclidean: metric == .euclidean), vectors)
    }

    @Test(arguments: [Metric.euclidean, .cosine])
    func walksComeToEveryRegion(metric: Metric) throws {
        let (part, vectors) = try part(entries: 1, spread: 0.2, metric: metric)
        let context = try SealedContext()
        var lost = 0
        for index in stride(from: 0, to: 4800, by: 37) {
            var query = vectors[index]
            if metric == .cosine {
                let magnitude = query.reduce(0) { $0 + $1 * $1 }.squareRoot()
                query = query.map { $0 / magnitude }
            }
            let found = try part.candidates(
                for: part.turned(query), k: 1, count: 1, accepting: nil, .walk(WalkBounds(16)), using: context)
            if !found.contains(where: { Int($0) % 6 == index % 6 }) { lost += 1 }
        }
        #expect(lost == 0)
    }

    @Test func whereWalksComeEverywhereNoneAreAdded() throws {
        let (part, _) = try part(entries: 64, spread: 3, metric: .euclidean)
        #expect(part.content.facts.entries == 64)
    }
}
