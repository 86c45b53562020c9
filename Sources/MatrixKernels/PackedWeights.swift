internal import CMatrixKernels

/// The weights of a linear layer as the kernels read them.
final class PackedWeights: Sendable {
    /// Written before it is shared, and never again.
    nonisolated(unsafe) let memory: UnsafeRawPointer
    /// What `memory` lies in.
    private let chunk: WeightArena.Chunk

    /// Packs `weights` `[outputs, inputs]`, row-major.
    ///
    /// - Complexity: One pass over the weights.
    init(
        _ engine: MatrixEngine, _ precision: Precision, weights: [Float], outputs: Int, inputs: Int
    ) throws(MatrixError) {
        let bytes = cm_packed_bytes(engine.code, precision.code, outputs, inputs)
        let (chunk, offset) = try engine.arena.allocate(bytes)
        let packed = chunk.memory + offset
        cm_pack(engine.code, precision.code, engine.threadCount, weights, outputs, inputs, packed)
        self.chunk = chunk
        self.memory = UnsafeRawPointer(packed)
    }
}
