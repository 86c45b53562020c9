import CVectorKernels
import Testing

@testable import VectorKernels

/// A row for each of `count`, its bytes one after the other.
private struct Rows {
    private static let pool = CodeKernelsTests.bytes(70 * 640 + 100, seed: 21).map(UInt8.init(bitPattern:))

    let bytes: [UInt8]
    let stride: Int
    let count: Int

    init(_ count: Int, bytes stride: Int, seed: UInt64) {
        self.count = count
        self.stride = stride
        // A part of the same bytes for all: making them takes longer than comparing them.
        let start = Int(seed % 97)
        bytes = Array(Self.pool[start..<(start + count * stride)])
    }

    /// What a kernel writes, and whether it left alone what lies behind.
    func run(_ body: (UnsafePointer<UnsafePointer<UInt8>>, UnsafeMutablePointer<Int32>) -> Void) throws -> [Int32] {
        try bytes.withUnsafeBufferPointer { bytes in
            // Memory for an empty array has an address, too; nothing reads it.
            let start = try #require(bytes.baseAddress)
            let pointers = (0..<max(1, count)).map { start + $0 * stride }
            var out = [Int32](repeating: -1, count: count + 8)
            body(pointers, &out)
            #expect(out[count...].allSatisfy { $0 == -1 })
            return Array(out[..<count])
        }
    }
}

@Suite struct SealedKernelsTests {
    static let sets = InstructionSet.available.filter { cvk_sealed_kernels_of($0.code) != nil }
    static let wider = sets.filter { $0 != .scalar }
    static let counts = 0...70
    static let dimensions = Array(1...40) + [64, 100, 384, 512, 768, 1000]

    private func kernels(_ set: InstructionSet) throws -> cvk_sealed_kernels {
        try #require(cvk_sealed_kernels_of(set.code)).pointee
    }

    @Test func scalarIsAlwaysThere() {
        #expect(Self.sets.contains(.scalar))
        #expect(Self.sets.contains { cvk_sealed_kernels_of($0.code) == cvk_best_sealed_kernels() })
    }

    @Test(arguments: wider, 1...20)
    func weighedBitsEqualScalar(set: InstructionSet, words: Int) throws {
        let kernels = try self.kernels(set), scalar = try self.kernels(.scalar)
        let planes = (0..<4 * words).map { UInt64($0 + 3) &* 0x9e37_79b9_7f4a_7c15 }
        for count in Self.counts {
            let rows = Rows(count, bytes: 8 * words, seed: UInt64(count + words))
            let found = try rows.run { kernels.weigh_bits(planes, $0, count, words, $1) }
            #expect(try found == rows.run { scalar.weigh_bits(planes, $0, count, words, $1) }, "\(count) rows")
        }
    }

    @Test(arguments: wider, 1...10)
    func productsOfNibblesEqualScalar(set: InstructionSet, blocks: Int) throws {
        let kernels = try self.kernels(set), scalar = try self.kernels(.scalar)
        let query = CodeKernelsTests.bytes(128 * blocks, seed: 5)
        for count in Self.counts {
            let rows = Rows(count, bytes: 64 * blocks, seed: UInt64(count + blocks))
            let found = try rows.run { kernels.dot_nibbles(query, $0, count, blocks, $1) }
            #expect(try found == rows.run { scalar.dot_nibbles(query, $0, count, blocks, $1) }, "\(count) rows")
        }
    }

    @Test func scalarEqualsTheDefinition() throws {
        let kernels = try self.kernels(.scalar), words = 3, blocks = 2
        let rows = Rows(5, bytes: 128, seed: 8)
        let planes = (0..<4 * words).map { UInt64($0 + 3) &* 0x9e37_79b9_7f4a_7c15 }
        let weights = try rows.run { kernels.weigh_bits(planes, $0, 5, words, $1) }
        let query = CodeKernelsTests.bytes(128 * blocks, seed: 5)
        let products = try rows.run { kernels.dot_nibbles(query, $0, 5, blocks, $1) }
        for row in 0..<5 {
            var weight: Int32 = 0, product: Int32 = 0
            for word in 0..<words {
                let bits = rows.bytes.withUnsafeBytes {
                    $0.loadUnaligned(fromByteOffset: row * 128 + word * 8, as: UInt64.self)
                }
                for plane in 0..<4 { weight += Int32((bits & planes[plane * words + word]).nonzeroBitCount) << Int32(plane) }
            }
            for index in 0..<64 * blocks {
                let pair = rows.bytes[row * 128 + index], first = index / 64 * 128 + index % 64
                product += Int32(pair & 15) * Int32(query[first]) + Int32(pair >> 4) * Int32(query[first + 64])
            }
            #expect(weights[row] == weight && products[row] == product)
        }
    }

    /// The greatest and the least of everything.
    @Test(arguments: sets)
    func sumsDoNotOverflow(set: InstructionSet) throws {
        let kernels = try self.kernels(set)
        let ones = [UInt8](repeating: 255, count: 64 * 256)
        try ones.withUnsafeBufferPointer { ones in
            let start = try #require(ones.baseAddress)
            for byte in [-128, 127] as [Int8] {
                var sum: Int32 = 0
                kernels.dot_nibbles([Int8](repeating: byte, count: 128 * 32), [start], 1, 32, &sum)
                #expect(sum == 128 * 32 * 15 * Int32(byte))
            }
            var weight: Int32 = 0
            kernels.weigh_bits([UInt64](repeating: .max, count: 4 * 512), [start], 1, 512, &weight)
            #expect(weight == 512 * 64 * 15)
        }
    }

    private func signs(_ dimensions: Int) -> [Float] {
        VectorKernelsTests.vector(Int(CVK_ROTATION_ROUNDS) * dimensions, seed: 11).map { $0 < 0 ? -1 : 1 }
    }

    private func rotated(_ vector: [Float], _ kernels: cvk_sealed_kernels) -> [Float] {
        var vector = vector
        kernels.rotate(signs(vector.count), vector.count, &vector)
        return vector
    }

    /// Files and queries are turned by different machines, maybe.
    @Test(arguments: wider, dimensions)
    func rotationsEqualToTheBit(set: InstructionSet, dimensions: Int) throws {
        let vector = VectorKernelsTests.vector(dimensions, seed: 3)
        let found = rotated(vector, try kernels(set)), scalar = rotated(vector, try kernels(.scalar))
        #expect(found.map(\.bitPattern) == scalar.map(\.bitPattern))
    }

    @Test(arguments: dimensions)
    func rotationsKeepLengthsAndProducts(dimensions: Int) throws {
        let kernels = try self.kernels(.scalar)
        let a = VectorKernelsTests.vector(dimensions, seed: 1), b = VectorKernelsTests.vector(dimensions, seed: 2)
        let x = rotated(a, kernels), y = rotated(b, kernels)
        func dot(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
        let scale = max(dot(a, a), dot(b, b))
        for (before, after) in [(dot(a, a), dot(x, x)), (dot(b, b), dot(y, y)), (dot(a, b), dot(x, y))] {
            #expect(abs(before - after) <= 1e-5 * scale)
        }
        if dimensions >= 64 {
            // What one component held is spread over all.
            var single = [Float](repeating: 0, count: dimensions)
            single[1] = 1
            #expect(rotated(single, kernels).map(abs).max() ?? 1 < 0.5)
        }
    }
}
