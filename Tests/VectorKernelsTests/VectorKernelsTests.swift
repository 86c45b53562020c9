import CVectorKernels
import Testing

@testable import VectorKernels

@Suite struct VectorKernelsTests {
    static let lengths = Array(0...131) + [255, 256, 257, 383, 384, 385, 512, 768, 1023]

    /// Reproducible components in [-1, 1).
    static func vector(_ count: Int, seed: UInt64) -> [Float] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(Int32(truncatingIfNeeded: state >> 32)) / 2_147_483_648
        }
    }

    static func double(_ a: [Float], _ b: [Float], _ term: (Double, Double) -> Double) -> Double {
        zip(a, b).reduce(0) { $0 + term(Double($1.0), Double($1.1)) }
    }

    @Test(arguments: InstructionSet.available, lengths)
    func equalsTheDefinition(set: InstructionSet, length: Int) throws {
        let kernels = try #require(VectorKernels(set))
        let a = Self.vector(length, seed: 1)
        let b = Self.vector(length, seed: 2)
        let tolerance = 1e-6 * Double(length + 1)
        #expect(abs(Double(kernels.dot(a, b)) - Self.double(a, b) { $0 * $1 }) <= tolerance)
        #expect(abs(Double(kernels.squaredL2(a, b)) - Self.double(a, b) { ($0 - $1) * ($0 - $1) }) <= tolerance)
        #expect(abs(Double(kernels.magnitude(a)) - Self.double(a, a) { $0 * $1 }.squareRoot()) <= tolerance)
    }

    /// Small whole numbers leave nothing to round: every set must agree with scalar to the bit, whatever the tail.
    @Test(arguments: InstructionSet.available, lengths)
    func equalsScalarOnWholeNumbers(set: InstructionSet, length: Int) throws {
        let kernels = try #require(VectorKernels(set))
        let scalar = try #require(VectorKernels(.scalar))
        let a = Self.vector(length, seed: 3).map { ($0 * 8).rounded() }
        let b = Self.vector(length, seed: 4).map { ($0 * 8).rounded() }
        #expect(kernels.dot(a, b) == scalar.dot(a, b))
        #expect(kernels.squaredL2(a, b) == scalar.squaredL2(a, b))
    }

    /// The graph recognises identical vectors by equal distances, so a row's place in a batch must not matter.
    @Test(arguments: InstructionSet.available, [1, 7, 8, 16, 31, 100, 384, 513])
    func rowsEqualPairsToTheBit(set: InstructionSet, length: Int) throws {
        let kernels = try #require(VectorKernels(set))
        let rowCount = 11
        let query = Self.vector(length, seed: 5)
        let matrix = Self.vector(length * rowCount, seed: 6)
        let all: [UInt32] = [10, 0, 3, 3, 9, 1, 2, 8, 4, 7, 5]
        for count in 0...all.count {
            let rows = Array(all[..<count])
            let pairs = rows.map { row in Array(matrix[(Int(row) * length)..<((Int(row) + 1) * length)]) }
            #expect(kernels.dot(query, rows: rows, of: matrix) == pairs.map { kernels.dot(query, $0) })
            #expect(kernels.squaredL2(query, rows: rows, of: matrix) == pairs.map { kernels.squaredL2(query, $0) })
        }
    }

    /// What is found by many queries at once must be what each finds alone.
    @Test(arguments: InstructionSet.available, [1, 7, 8, 9, 15, 16, 31, 100, 384, 513])
    func tilesEqualPairsToTheBit(set: InstructionSet, length: Int) throws {
        let kernels = try #require(VectorKernels(set))
        let tile = Int(CVK_TILE), stride = 7
        let queries = (0..<tile).map { Self.vector(length, seed: UInt64($0)) }
        for count in 0...5 {
            let rows = (0..<count).map { Self.vector(length, seed: UInt64(10 + $0)) }
            for (kernel, pair) in [
                (kernels.table.pointee.dot_tile, kernels.dot), (kernels.table.pointee.squared_l2_tile, kernels.squaredL2),
            ] as [(Tile, ([Float], [Float]) -> Float)] {
                var out = [Float](repeating: -1, count: tile * stride)
                Self.withPointers(queries) { queries in
                    Self.withPointers(rows) { kernel(queries, $0, count, length, &out, stride) }
                }
                for index in out.indices {
                    let (query, row) = index.quotientAndRemainder(dividingBy: stride)
                    #expect(out[index] == (row < count ? pair(queries[query], rows[row]) : -1))
                }
            }
        }
    }

    private typealias Tile = (
        UnsafePointer<UnsafePointer<Float>>, UnsafePointer<UnsafePointer<Float>>, Int, Int, UnsafeMutablePointer<Float>, Int
    ) -> Void

    private static func withPointers(_ vectors: [[Float]], _ body: (UnsafePointer<UnsafePointer<Float>>) -> Void) {
        let copies = vectors.map { vector in
            let copy = UnsafeMutablePointer<Float>.allocate(capacity: vector.count)
            copy.initialize(from: vector, count: vector.count)
            return copy
        }
        defer { for copy in copies { copy.deallocate() } }
        // Room for one where there are none.
        withUnsafeTemporaryAllocation(of: UnsafePointer<Float>.self, capacity: max(1, copies.count)) { pointers in
            for (index, copy) in copies.enumerated() { pointers.initializeElement(at: index, to: UnsafePointer(copy)) }
            if let first = pointers.baseAddress { body(first) }
        }
    }

    @Test(arguments: InstructionSet.available)
    func notANumberComesThrough(set: InstructionSet) throws {
        let kernels = try #require(VectorKernels(set))
        for position in [0, 15, 16, 20] {
            var a = Self.vector(21, seed: 7)
            a[position] = .nan
            #expect(kernels.dot(a, a).isNaN)
            #expect(kernels.magnitude(a).isNaN)
        }
    }

    @Test func magnitudeOfExtremes() {
        let kernels = VectorKernels.best
        #expect(kernels.magnitude([3e30, 4e30]) == 5e30)
        #expect(abs(kernels.magnitude([3e-30, 4e-30]) - 5e-30) < 1e-36)
        #expect(kernels.magnitude([0, 0]) == 0)
        #expect(kernels.magnitude([]) == 0)
    }
}
