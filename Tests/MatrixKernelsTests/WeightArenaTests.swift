import Testing

@testable import MatrixKernels

@Suite struct WeightArenaTests {
    @Test func weightsLieSideBySide() throws {
        let arena = WeightArena()
        let first = try arena.allocate(100), second = try arena.allocate(1), third = try arena.allocate(64)
        #expect(first.chunk === second.chunk && second.chunk === third.chunk)
        #expect([first.offset, second.offset, third.offset] == [0, 128, 192])
        #expect(arena.bytes == 256)
    }

    @Test func whatDoesNotFitGetsAChunkOfItsOwn() throws {
        let arena = WeightArena()
        let first = try arena.allocate(64), large = try arena.allocate(first.chunk.bytes + 1)
        #expect(large.chunk !== first.chunk && large.offset == 0 && large.chunk.bytes > first.chunk.bytes)
    }

    @Test func aChunkEndsWithItsLastWeights() throws {
        weak var chunk: WeightArena.Chunk?
        do {
            let arena = WeightArena(), engine = MatrixEngine(threads: 1)
            chunk = try arena.allocate(64).chunk
            #expect(chunk != nil)
            let layer = try Linear(engine, weights: [1, 2], bias: nil, outputs: 1, inputs: 2)
            #expect(layer.outputs == 1)
        }
        #expect(chunk == nil)
    }
}
