public import CVectorKernels

/// Distances between float32 vectors, computed with one instruction set.
///
/// Results of different sets differ in rounding only. Every function traps if the lengths differ: a length is the
/// caller's invariant, checked where vectors enter the program.
public struct VectorKernels: @unchecked Sendable {
    public let instructionSet: InstructionSet
    /// For the graph's inner loops, which call the kernels without leaving C. Immutable, and never freed.
    public let table: UnsafePointer<cvk_kernels>

    /// Kernels for the best instruction set of this CPU.
    public static let best: VectorKernels = VectorKernels(.best) ?? scalar

    private static let scalar: VectorKernels = {
        guard let kernels = VectorKernels(.scalar) else { preconditionFailure("every build has scalar kernels") }
        return kernels
    }()

    /// Nil where this build or this CPU lacks the set.
    public init?(_ instructionSet: InstructionSet) {
        guard let table = cvk_kernels_of(instructionSet.code) else { return nil }
        self.instructionSet = instructionSet
        self.table = table
    }

    /// Σ aᵢ·bᵢ
    public func dot(_ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>) -> Float {
        apply(table.pointee.dot, a, b)
    }

    /// Σ (aᵢ − bᵢ)²
    public func squaredL2(_ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>) -> Float {
        apply(table.pointee.squared_l2, a, b)
    }

    /// Σ aᵢ·bᵢ
    public func dot(_ a: [Float], _ b: [Float]) -> Float {
        a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { b in dot(a, b) } }
    }

    /// Σ (aᵢ − bᵢ)²
    public func squaredL2(_ a: [Float], _ b: [Float]) -> Float {
        a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { b in squaredL2(a, b) } }
    }

    /// √Σ aᵢ², also where the squares leave Float's range.
    public func magnitude(_ a: UnsafeBufferPointer<Float>) -> Float {
        let squared = dot(a, a)
        if squared > 1e-30, squared < 1e30 { return squared.squareRoot() }
        return Float(a.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot())
    }

    /// √Σ aᵢ², also where the squares leave Float's range.
    public func magnitude(_ a: [Float]) -> Float {
        a.withUnsafeBufferPointer { magnitude($0) }
    }

    private func apply(
        _ kernel: (UnsafePointer<Float>, UnsafePointer<Float>, Int) -> Float,
        _ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>
    ) -> Float {
        precondition(a.count == b.count, "vectors of different lengths")
        guard let x = a.baseAddress, let y = b.baseAddress else { return 0 }
        return kernel(x, y, a.count)
    }
}

// MARK: - One query, many rows

extension VectorKernels {
    /// Σ qᵢ·rᵢ for each of `rows`, which are row numbers in `matrix` (row-major, as wide as the query).
    public func dot(_ query: [Float], rows: [UInt32], of matrix: [Float]) -> [Float] {
        apply(table.pointee.dot_rows, query, rows, matrix)
    }

    /// Σ (qᵢ − rᵢ)² for each of `rows`, which are row numbers in `matrix` (row-major, as wide as the query).
    public func squaredL2(_ query: [Float], rows: [UInt32], of matrix: [Float]) -> [Float] {
        apply(table.pointee.squared_l2_rows, query, rows, matrix)
    }

    private typealias RowsKernel = (
        UnsafePointer<Float>, UnsafePointer<Float>, Int, UnsafePointer<UInt32>, Int, Int, UnsafeMutablePointer<Float>
    ) -> Void

    private func apply(_ kernel: RowsKernel, _ query: [Float], _ rows: [UInt32], _ matrix: [Float]) -> [Float] {
        precondition(rows.allSatisfy { (Int($0) + 1) * query.count <= matrix.count }, "a row outside the matrix")
        return [Float](unsafeUninitializedCapacity: rows.count) { out, count in
            if let out = out.baseAddress { kernel(query, matrix, query.count, rows, rows.count, query.count, out) }
            count = rows.count
        }
    }
}
