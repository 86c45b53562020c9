import Ordinals
import TestSupport
import Testing

@testable import VectorIndex

@Suite struct ResidentBudgetTests {
    @Test func sharesAreGivenBack() throws {
        let budget = ResidentBudget(limit: 100)
        var first = budget.share(60)
        #expect(first != nil && budget.share(41) == nil)
        // What was refused is not held.
        let second = budget.share(40)
        #expect(second != nil && budget.share(1) == nil)
        first = nil
        #expect(first == nil && budget.share(60) != nil)
        withExtendedLifetime(second) {}
    }

    /// A part that there is no room for is mapped, when it is built and when it is read, and answers as one in memory.
    @Test func whatHasNoRoomIsMapped() throws {
        var generator = SeededGenerator(seed: 1)
        let directory = TemporaryDirectory(), query = generator.vector(12)
        let index = try VectorIndex.sealed(
            generator.vectors(300, 12), VectorIndexConfiguration(dimensions: 12, metric: .cosine), in: directory)
        let resident = try index.onlyPart
        let size = resident.content.facts.byteCount
        let path = directory.path + "/" + Manifest.partName(resident.number)
        for (limit, isMapped) in [(size, false), (size - 1, true)] {
            let file = SealedFile(path: path, configuration: index.configuration)
            let part = try file.read(resident.number, within: ResidentBudget(limit: limit))
            #expect((part.content.share == nil) == isMapped)
            let found = try [resident, part].map { part in
                try part.candidates(
                    for: part.turned(query), k: 10, count: 10, accepting: nil, .walk(WalkBounds(50)),
                    using: SealedContext())
            }
            #expect(found[0] == found[1])
            var graphs = GraphsOnDisk(directory: directory.path, configuration: index.configuration)
            graphs.budget = ResidentBudget(limit: limit)
            let built = try SealedBuilder(index.vectors, index.configuration, threads: 1).build(OrdinalSet(0..<300))
            let published = try #require(try graphs.publish(built, keeping: []))
            #expect((published.content.share == nil) == isMapped && published.members == resident.members)
            try file.write(resident.content)
        }
    }

    /// About what it takes; more vectors take more.
    @Test func buildingIsEstimated() throws {
        let configuration = try VectorIndexConfiguration(dimensions: 384, metric: .cosine)
        let million = SealedBuilder.memory(for: 1_000_000, configuration)
        #expect((1_000_000_000..<3_000_000_000).contains(million))
        #expect(SealedBuilder.memory(for: 10, configuration) < million / 1000)
    }
}
