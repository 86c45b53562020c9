public import CVectorKernels

/// Comparisons of codes, computed with one instruction set. They are exact: every set gives the same.
public struct CodeKernels: @unchecked Sendable {
    /// For the graph's inner loops, which call the kernels without leaving C. Immutable, and never freed.
    public let table: UnsafePointer<cvk_code_kernels>

    /// Kernels for the best instruction set of this CPU.
    public static let best: CodeKernels = {
        guard let kernels = CodeKernels(.best) ?? CodeKernels(.scalar) else {
            preconditionFailure("every build has scalar kernels")
        }
        return kernels
    }()

    /// Nil where this build or this CPU lacks the set.
    public init?(_ instructionSet: InstructionSet) {
        guard let table = cvk_code_kernels_of(instructionSet.code) else { return nil }
        self.table = table
    }

    /// Σ qᵢ·rᵢ for each of `rows`, which are as long as the query.
    public func dot(_ query: [Int8], _ rows: [[Int8]]) -> [Int32] { compare(table.pointee.dot_s8, query, rows) }

    /// Bits that differ, for each of `rows`, which are as long as the query.
    public func hamming(_ query: [UInt8], _ rows: [[UInt8]]) -> [Int32] { compare(table.pointee.hamming, query, rows) }

    /// Components as whole numbers in −127…127, times a scale: the greatest in magnitude is 127.
    public func encode(_ components: [Float]) -> (codes: [Int8], scale: Float) {
        var scale: Float = 0
        let codes = [Int8](unsafeUninitializedCapacity: components.count) { out, count in
            if let out = out.baseAddress { scale = table.pointee.encode_s8(components, components.count, out) }
            count = components.count
        }
        return (codes, scale)
    }

    private func compare<Element>(_ kernel: cvk_compare_codes, _ query: [Element], _ rows: [[Element]]) -> [Int32] {
        precondition(rows.allSatisfy { $0.count == query.count }, "codes of different lengths")
        let all = rows.flatMap { $0 }, length = query.count * MemoryLayout<Element>.stride
        return all.withUnsafeBytes { bytes in
            query.withUnsafeBytes { query in
                guard let start = bytes.baseAddress, let query = query.baseAddress else {
                    return [Int32](repeating: 0, count: rows.count)
                }
                let pointers = rows.indices.map { start + $0 * length }
                return [Int32](unsafeUninitializedCapacity: rows.count) { out, count in
                    if let out = out.baseAddress { kernel(query, pointers, rows.count, length, out) }
                    count = rows.count
                }
            }
        }
    }
}
