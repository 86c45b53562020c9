internal import Files
internal import Synchronization
internal import VectorKernels

/// The vectors themselves: a file of fixed-size rows, slot = ordinal, mapped for reading and written with `pwrite`.
///
/// A row is the components, padding, the vector's magnitude, and a checksum that is never 0: an empty slot is all
/// zeros. Components are of the element type; floats have unit length under cosine, the others are as they came.
///
/// The file grows by doubling with holes; a larger mapping is added beside the smaller ones, which stay valid until the
/// end, so readers need no lock. All mappings show the same pages.
///
/// A file that memory has no room for is mapped twice: scans want the system to read ahead, and single rows do not, since
/// what comes with a row then pushes others out.
final class RawVectors: Sendable {
    private static let writeBatchBytes = 1 << 20
    /// The rest of memory is other fields', graphs' and documents'.
    private static let residentBytes = SystemMemory.limit / 4

    static func fileName(_ elementType: ElementType) -> String {
        switch elementType {
        case .float: "vectors.f32"
        case .bfloat16: "vectors.bf16"
        case .byte: "vectors.s8"
        case .bit: "vectors.b1"
        }
    }

    /// The rows that a reader may touch.
    struct Rows: @unchecked Sendable {
        let base: UnsafeRawPointer
        let count: UInt32

        /// - Parameter mapping: It holds the header's page at least.
        init(of mapping: MappedFile, capacity: Int) {
            let bytes = mapping.unsafeBytes
            base = bytes.baseAddress.unsafelyUnwrapped + VectorFileHeader.size
            count = UInt32(clamping: capacity)
        }
    }

    private struct Storage {
        /// All that there were, so that rows handed out stay valid.
        private var mappings: [MappedFile]
        private(set) var rows: Rows
        /// For rows here and there; nil while memory has room for all.
        private(set) var scattered: MappedFile?
        private(set) var capacity: Int

        init(_ mapping: MappedFile, scattered: MappedFile?, capacity: Int) {
            mappings = []
            rows = Rows(of: mapping, capacity: capacity)
            self.capacity = capacity
            grow(into: mapping, scattered: scattered, capacity: capacity)
        }

        mutating func grow(into mapping: MappedFile, scattered: MappedFile?, capacity: Int) {
            mappings.append(mapping)
            if let scattered { mappings.append(scattered) }
            rows = Rows(of: mapping, capacity: capacity)
            self.scattered = scattered
            self.capacity = capacity
        }
    }

    let header: VectorFileHeader
    private let configuration: VectorIndexConfiguration
    private let file: File
    private let storage: Mutex<Storage>
    private let growth = Mutex(())
    private let residentBytes: Int

    /// - Parameter residentBytes: a larger file is read as one that memory has no room for.
    /// - Throws: `damagedFile`, `unsupportedVersion`, `configurationMismatch`, `file`.
    init(
        directory: String, configuration: VectorIndexConfiguration, residentBytes: Int = RawVectors.residentBytes
    ) throws(VectorIndexError) {
        self.configuration = configuration
        self.residentBytes = residentBytes
        header = VectorFileHeader(configuration)
        let path = directory + "/" + Self.fileName(configuration.elementType), header = header
        let (file, size) = try VectorIndexError.wrapping { () throws(FileError) in
            let file = try File(path, .update)
            if try file.size == 0 {
                try file.write(header.encoded(), at: 0)
                try file.resize(to: VectorFileHeader.size)
                try file.synchronizeData()
                try Directory.synchronize(directory)
            }
            return (file, try file.size)
        }
        self.file = file
        guard size >= VectorFileHeader.size else { throw .damagedFile(path: file.path, .truncated) }
        let mapping = try VectorIndexError.wrapping(MappedFile(file, count: size))
        try mapping.withBytes(in: 0..<size) { bytes throws(VectorIndexError) in
            try header.verify(bytes, path: path)
        }
        let capacity = (size - VectorFileHeader.size) / header.rowBytes
        let scattered = try Self.scattered(file, size: size, residentBytes)
        storage = Mutex(Storage(mapping, scattered: scattered, capacity: capacity))
    }

    private static func scattered(_ file: File, size: Int, _ residentBytes: Int) throws(VectorIndexError) -> MappedFile? {
        guard size > residentBytes else { return nil }
        let mapping = try VectorIndexError.wrapping(MappedFile(file, count: size))
        mapping.expectScatteredReads()
        return mapping
    }

    var path: String { file.path }

    /// What is mapped now. Valid as long as this object lives.
    var rows: Rows { storage.withLock { $0.rows } }

    /// The same, for reading these rows and few others: they are asked for together where they may have to be read.
    func rows(for ordinals: some Collection<UInt32>) -> Rows {
        let (rows, scattered, capacity) = storage.withLock { ($0.rows, $0.scattered, $0.capacity) }
        guard let scattered else { return rows }
        for ordinal in ordinals where ordinal < capacity {
            let start = VectorFileHeader.size + Int(ordinal) * header.rowBytes
            scattered.prefetch(start..<(start + header.rowBytes))
        }
        return Rows(of: scattered, capacity: capacity)
    }

    /// Writes one row each. Nothing is durable before `synchronize()`.
    ///
    /// All vectors are checked before any is written.
    func append(_ vectors: [(ordinal: UInt32, vector: [Float])]) throws(VectorIndexError) {
        var magnitudes: [Float] = []
        magnitudes.reserveCapacity(vectors.count)
        var end = 0
        for (ordinal, vector) in vectors {
            guard ordinal <= VectorIndex.maximumOrdinal else {
                throw .invalidConfiguration(
                    parameter: .ordinal, value: Int(ordinal), allowed: 0...Int(VectorIndex.maximumOrdinal))
            }
            magnitudes.append(try configuration.validate(vector))
            end = max(end, Int(ordinal) + 1)
        }
        try grow(toHold: end)

        let rowBytes = header.rowBytes
        let rowsPerWrite = max(1, min(vectors.count, Self.writeBatchBytes / rowBytes))
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: rowsPerWrite * rowBytes, alignment: 64)
        defer { buffer.deallocate() }
        var start = 0
        while start < vectors.count {
            var count = 0
            // Consecutive ordinals go out in one write.
            while start + count < vectors.count, count < rowsPerWrite,
                vectors[start + count].ordinal == vectors[start].ordinal &+ UInt32(count) {
                let row = UnsafeMutableRawBufferPointer(rebasing: buffer[count * rowBytes..<(count + 1) * rowBytes])
                encode(vectors[start + count].vector, magnitude: magnitudes[start + count], into: row)
                count += 1
            }
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<(count * rowBytes)])
            let offset = VectorFileHeader.size + Int(vectors[start].ordinal) * rowBytes
            try VectorIndexError.wrapping(file.write(bytes, at: offset))
            start += count
        }
    }

    /// Makes all appended rows survive a loss of power.
    func synchronize() throws(VectorIndexError) {
        try VectorIndexError.wrapping(file.synchronizeData())
    }

    /// The vector as it was appended, but for rounding under cosine and to bfloat16; nil for an empty slot.
    ///
    /// - Throws: `damagedFile`, if the row is not what was written.
    func vector(at ordinal: UInt32) throws(VectorIndexError) -> [Float]? {
        guard let row = try verifiedRow(ordinal, in: rows(for: CollectionOfOne(ordinal))) else { return nil }
        let scale = configuration.storesUnitLength ? magnitude(of: row) : 1
        return (0..<configuration.componentCount).map { component($0, of: row) * scale }
    }

    /// The row, its checksum verified; nil for an empty slot.
    ///
    /// - Parameter rows: what `rows(for:)` gave; nil where many rows in order are verified.
    func verifiedRow(_ ordinal: UInt32, in rows: Rows? = nil) throws(VectorIndexError) -> UnsafeRawPointer? {
        let rows = rows ?? self.rows
        guard ordinal < rows.count else { return nil }
        let row = rows.base + Int(ordinal) * header.rowBytes
        let stored = row.load(fromByteOffset: header.rowBytes - 4, as: UInt32.self)
        if stored == 0 { return nil }
        guard stored == Self.checksum(UnsafeRawBufferPointer(start: row, count: header.rowBytes - 4)) else {
            throw .damagedFile(path: path, .damagedRow(ordinal: ordinal))
        }
        return row
    }

    private func encode(_ vector: [Float], magnitude: Float, into row: UnsafeMutableRawBufferPointer) {
        row.initializeMemory(as: UInt8.self, repeating: 0)
        let scale = configuration.storesUnitLength ? 1 / magnitude : 1
        for index in vector.indices {
            switch header.elementType {
            case .float: row.storeBytes(of: vector[index] * scale, toByteOffset: 4 * index, as: Float.self)
            case .bfloat16: row.storeBytes(of: BFloat16.bits(vector[index]), toByteOffset: 2 * index, as: UInt16.self)
            case .byte, .bit: row.storeBytes(of: Int8(vector[index]), toByteOffset: index, as: Int8.self)
            }
        }
        row.storeBytes(of: magnitude, toByteOffset: row.count - 8, as: Float.self)
        let checksum = Self.checksum(UnsafeRawBufferPointer(rebasing: row[..<(row.count - 4)]))
        row.storeBytes(of: checksum, toByteOffset: row.count - 4, as: UInt32.self)
    }

    private static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        max(1, CRC32C.checksum(bytes))
    }

    private func grow(toHold rows: Int) throws(VectorIndexError) {
        guard rows > storage.withLock({ $0.capacity }) else { return }
        let failure: VectorIndexError? = growth.withLock { _ in
            let capacity = storage.withLock { $0.capacity }
            guard rows > capacity else { return nil }
            do throws(VectorIndexError) {
                let minimum = max(64, (1 << 16) / header.rowBytes)
                let wanted = max(rows, 2 * capacity, minimum)
                let size = VectorFileHeader.size + wanted * header.rowBytes
                let mapping = try VectorIndexError.wrapping { () throws(FileError) in
                    try file.resize(to: size)
                    return try MappedFile(file, count: size)
                }
                let scattered = try Self.scattered(file, size: size, residentBytes)
                storage.withLock { $0.grow(into: mapping, scattered: scattered, capacity: wanted) }
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }
}
