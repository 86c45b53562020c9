internal import CVectorKernels
internal import VectorKernels

/// The turned vectors in signed bytes: what links are chosen by.
final class BuildSpace: @unchecked Sendable {
    private let codes: HugeMemory
    private let factors: HugeMemory
    private var space: cvk_build_space

    /// - Throws: `outOfMemory`.
    init(count: Int, dimensions: Int) throws(VectorIndexError) {
        codes = try HugeMemory(count: count * dimensions)
        factors = try HugeMemory(count: count * MemoryLayout<cvk_build_factors>.stride)
        space = cvk_build_space(
            kernels: CodeKernels.best.table, dimensions: dimensions, count: UInt32(count),
            codes: codes.elements(Int8.self, count: count * dimensions).baseAddress.unsafelyUnwrapped,
            factors: factors.elements(cvk_build_factors.self, count: count).baseAddress.unsafelyUnwrapped)
    }

    private var allFactors: UnsafeMutableBufferPointer<cvk_build_factors> {
        factors.elements(cvk_build_factors.self, count: Int(space.count))
    }

    private func code(_ node: Int) -> UnsafeMutableBufferPointer<Int8> {
        codes.elements(Int8.self, at: node * space.dimensions, count: space.dimensions)
    }

    /// Nodes may be set by several threads, each by one.
    func set(_ node: Int, _ vector: UnsafeMutableBufferPointer<Float>, extra: Float) {
        let code = code(node)
        guard let start = vector.baseAddress, let bytes = code.baseAddress else { return }
        let scale = space.kernels.pointee.encode_s8(start, space.dimensions, bytes)
        let sum = code.reduce(0 as Int32) { $0 &+ Int32($1) &* Int32($1) }
        allFactors[node] = cvk_build_factors(
            scale: scale, extra: extra, square: scale * scale * Float(sum) + extra * extra)
    }

    /// The component that each vector has beyond its own.
    var extras: [Float] { allFactors.map(\.extra) }

    /// Half of each vector's squared length.
    var halves: [Float] { allFactors.map { $0.square / 2 } }

    /// The node whose vector is the shortest: the nearest to the centre.
    var central: UInt32 {
        let factors = allFactors
        return UInt32(factors.indices.min { factors[$0].square < factors[$1].square } ?? 0)
    }

    /// About the turned vector, `[dimensions]`.
    func vector(_ node: Int) -> [Float] {
        let scale = allFactors[node].scale
        return code(node).map { Float($0) * scale }
    }

    /// - Throws: `outOfMemory`.
    func chooseLinks(
        _ node: UInt32, among candidates: UnsafePointer<UInt32>, count: Int, degree: UInt32,
        into links: UnsafeMutablePointer<UInt32>, using scratch: BuildScratch
    ) throws(VectorIndexError) {
        var space = space
        guard
            cvk_choose_links(
                &space, scratch.handle, node, candidates, count, SealedBuilder.alpha, degree, links) == CVK_OK
        else { throw .outOfMemory }
    }
}
