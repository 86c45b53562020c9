import Ordinals
import TestSupport
import Testing

@testable import VectorIndex

@Suite struct PartsTests {
    let directory = TemporaryDirectory()

    private func sealedPart(_ ordinals: Range<UInt32>) throws -> (SealedPart, VectorIndex) {
        var generator = SeededGenerator(seed: 1)
        let index = try VectorIndex.holding(generator.vectors(20, 4), in: directory, metric: .euclidean)
        let content = try SealedBuilder(index.vectors, index.configuration, threads: 1).build(OrdinalSet(ordinals))
        return (SealedPart(content, isEuclidean: true, number: 1), index)
    }

    /// What is removed while a part is built must not come back with it, even if nothing had grown.
    @Test(arguments: [false, true])
    func removedMeanwhileStaysRemoved(hasGrown: Bool) throws {
        let (part, index) = try sealedPart(0..<20)
        var parts = hasGrown
            ? Parts(growing: index.growing)
            : Parts(growing: try GrowingPart(index.configuration), sealed: [part])
        let before = parts.freeze(try GrowingPart(index.configuration))
        #expect(parts.frozen.count == (hasGrown ? 1 : 0) && parts.count == 20)
        if hasGrown {
            try index.contexts.withContext { context throws(VectorIndexError) in
                try before.unsealed[0].remove([4], using: context)
            }
        }
        parts.remove([4])
        parts.finish(part, replacing: before.sealed, before.frozen)
        #expect(parts.sealed.count == 1 && parts.frozen.isEmpty)
        #expect(parts.sealedMembers == OrdinalSet(0..<20).subtracting([4]) && parts.count == 19)
        #expect(!parts.contains(4) && parts.contains(5) && parts.members(below: 100) == parts.sealedMembers)
        // And what is removed later.
        parts.remove([5])
        #expect(!parts.contains(5) && parts.count == 18)
    }

    @Test func nothingLeftLeavesNoPart() throws {
        let (part, index) = try sealedPart(0..<20)
        var parts = Parts(growing: try GrowingPart(index.configuration), sealed: [part])
        parts.remove(OrdinalSet(0..<20))
        let before = parts.freeze(try GrowingPart(index.configuration))
        parts.finish(nil, replacing: before.sealed, before.frozen)
        #expect(parts.sealed.isEmpty && parts.count == 0)
    }

    @Test func membersOfAGrowingPart() throws {
        let (_, index) = try sealedPart(0..<1)
        #expect(index.growing.members(below: 0).isEmpty)
        for limit in [1, 19, 20, 64, .max] as [UInt32] {
            #expect(index.growing.members(below: limit) == OrdinalSet(0..<min(20, limit)))
        }
    }
}
