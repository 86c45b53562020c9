import TestSupport
import Testing

@testable import VectorIndex

@Suite struct RawVectorsTests {
    let directory = TemporaryDirectory()

    func open(_ metric: Metric = .cosine, dimensions: Int = 3, residentBytes: Int = 1 << 40) throws -> RawVectors {
        try RawVectors(
            directory: directory.path, configuration: VectorIndexConfiguration(dimensions: dimensions, metric: metric),
            residentBytes: residentBytes)
    }

    @Test(arguments: Metric.allCases, [1, 3, 14, 15, 384])
    func keepsWhatWasAppended(metric: Metric, dimensions: Int) throws {
        var generator = SeededGenerator(seed: 1)
        var vectors = generator.vectors(40, dimensions)
        if metric == .dotProduct {
            vectors = vectors.map { vector in
                let magnitude = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
                return vector.map { $0 / magnitude }
            }
        }
        do {
            let store = try open(metric, dimensions: dimensions)
            try store.append(vectors.enumerated().map { (UInt32($0) * 2, $1) })
            try store.synchronize()
        }
        let store = try open(metric, dimensions: dimensions)
        for (index, vector) in vectors.enumerated() {
            let found = try #require(try store.vector(at: UInt32(index) * 2))
            #expect(zip(found, vector).allSatisfy { abs($0 - $1) <= abs($1) * 1e-6 })
            #expect(metric == .cosine || found == vector)
            #expect(try store.vector(at: UInt32(index) * 2 + 1) == nil)
        }
    }

    @Test func rowsAreAlignedAndUnit() throws {
        let store = try open()
        try store.append([(5, [3, 0, 4])])
        let rows = store.rows
        #expect(UInt(bitPattern: rows.base) % 64 == 0 && store.header.rowBytes % 64 == 0)
        let row = (rows.base + 5 * store.header.rowBytes).assumingMemoryBound(to: Float.self)
        #expect(abs(row[0] - 0.6) < 1e-7 && row[1] == 0 && abs(row[2] - 0.8) < 1e-7)
    }

    @Test func growthLeavesEarlierRowsInPlace() throws {
        let store = try open()
        try store.append([(0, [1, 2, 3])])
        let before = store.rows
        try store.append([(100_000, [4, 5, 6])])
        #expect(store.rows.count > 100_000 && before.count <= 100_000)
        try store.append([(1, [7, 8, 9])])
        let row = (before.base + store.header.rowBytes).assumingMemoryBound(to: Float.self)
        #expect(row[0] > 0, "the older mapping shows what is written later")
        let far = try #require(try store.vector(at: 100_000))
        #expect(zip(far, [4, 5, 6]).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test func rowsThatMemoryHasNoRoomForAreTheSame() throws {
        let small = try open()
        #expect(small.rows.base == small.rows(for: [0]).base, "one mapping does for what fits")
        let store = try open(residentBytes: 0)
        try store.append([(0, [1, 2, 3]), (9, [3, 0, 4])])
        try store.append([(100_000, [4, 5, 6])])
        let rows = store.rows, scattered = store.rows(for: [0, 9, .max])
        #expect(rows.base != scattered.base && rows.count == scattered.count)
        for ordinal in [0, 9, 100_000] as [UInt32] {
            let offset = Int(ordinal) * store.header.rowBytes
            #expect(
                UnsafeRawBufferPointer(start: rows.base + offset, count: store.header.rowBytes).elementsEqual(
                    UnsafeRawBufferPointer(start: scattered.base + offset, count: store.header.rowBytes)))
        }
        #expect(try store.vector(at: 9)?.count == 3 && store.vector(at: 5) == nil)
    }

    @Test func nothingIsWrittenOfARefusedBatch() throws {
        let store = try open()
        #expect(throws: VectorIndexError.zeroMagnitude) { try store.append([(0, [1, 2, 3]), (1, [0, 0, 0])]) }
        #expect(try store.vector(at: 0) == nil)
        #expect(thrownCase { try store.append([(.max, [1, 2, 3])]) } == "invalidConfiguration")
    }

    @Test func aSlotMayBeWrittenAgain() throws {
        let store = try open(.euclidean)
        try store.append([(0, [1, 2, 3])])
        try store.append([(0, [4, 5, 6])])
        #expect(try store.vector(at: 0) == [4, 5, 6])
    }

    @Test func damageIsFoundAndNamed() throws {
        let path: String
        do {
            let store = try open()
            try store.append([(0, [1, 2, 3]), (1, [4, 5, 6])])
            path = store.path
        }
        try flipBit((VectorFileHeader.size + 64) * 8 + 30, of: path)
        let store = try open()
        #expect(try store.vector(at: 0) != nil)
        #expect(throws: VectorIndexError.damagedFile(path: path, .damagedRow(ordinal: 1))) { try store.vector(at: 1) }
        let index = try VectorIndex(
            directory: directory.path, configuration: VectorIndexConfiguration(dimensions: 3, metric: .cosine))
        #expect(throws: VectorIndexError.damagedFile(path: path, .damagedRow(ordinal: 1))) { try index.insert([0, 1]) }
    }

    @Test func damagedHeaders() throws {
        let path = try open().path
        let bytes = try contents(of: path)
        for bit in 0..<(7 * 32) {
            try flipBit(bit, of: path)
            #expect(throws: VectorIndexError.self) { try open() }
            try flipBit(bit, of: path)
        }
        try write(bytes.prefix(100), to: path)
        #expect(throws: VectorIndexError.damagedFile(path: path, .truncated)) { try open() }
    }

    /// The checkpoint knows how many rows there were.
    @Test func lostRowsAreMissed() throws {
        var generator = SeededGenerator(seed: 2)
        let path = VectorIndex.vectorsPath(in: directory.path)
        let configuration: VectorIndexConfiguration
        do {
            let index = try VectorIndex.holding(generator.vectors(100, 3), in: directory)
            try index.checkpoint()
            configuration = index.configuration
        }
        try write(try contents(of: path).prefix(VectorFileHeader.size + 64 * 50), to: path)
        #expect(throws: VectorIndexError.damagedFile(path: path, .truncated)) {
            try VectorIndex(directory: directory.path, configuration: configuration)
        }
    }
}
