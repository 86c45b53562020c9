internal import CMatrixKernels

/// The weights of a linear layer as the kernels read them.
final class PackedWeights: Sendable {
    /// Written before it is shared, and never again.
    nonisolated(unsafe) let memory: UnsafeRawPointer

    /// Packs `weights` `[outputs, inputs]`, row-major.
    ///
    /// - Complexity: One pass over the weights.
    init(
        _ engine: MatrixEngine, _ precision: Precision, weights: [Float], outputs: Int, inputs: Int
    ) throws(MatrixError) {
        guard let packed = cm_allocate(cm_packed_bytes(engine.code, precision.code, outputs, inputs)) else {
            throw .outOfMemory
        }
        cm_pack(engine.code, precision.code, engine.threadCount, weights, outputs, inputs, packed)
        self.memory = UnsafeRawPointer(packed)
    }

    deinit { cm_release(UnsafeMutableRawPointer(mutating: memory)) }
}
