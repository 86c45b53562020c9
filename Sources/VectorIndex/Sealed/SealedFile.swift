internal import CVectorKernels
internal import Files
internal import VectorKernels

/// A sealed part on disk: a page of numbers that say how to read it, then its sections, each on pages of its own.
///
/// The header's 32-bit words, little-endian: magic, version, what `SealedContent.Facts` holds, the metric, the CRC-32C of all
/// sections, and the CRC-32C of the words before it.
struct SealedFile {
    static let version: UInt32 = 1
    static let headerBytes = 4096
    static let suffix = ".sealed"
    private static let magic: [UInt32] = [0x6573_7643, 0x3164_656c]  // "Cvseled1"
    private static let wordCount = 16

    let path: String
    let configuration: VectorIndexConfiguration

    /// Writes a part, durably once its directory is synchronised.
    func write(_ content: SealedContent) throws(VectorIndexError) {
        let words = encode(content.facts, checksum: CRC32C.checksum(content.bytes))
        try VectorIndexError.wrapping { () throws(FileError) in
            let file = try File(path, .replace)
            try file.write(words, at: 0)
            try file.write(UnsafeRawBufferPointer(rebasing: content.bytes[..<content.facts.byteCount]), at: Self.headerBytes)
            try file.synchronizeData()
        }
    }

    /// Reads a part into memory, where huge pages make walks faster, or maps one that the budget has no room for.
    ///
    /// - Parameter number: the part's in the manifest.
    /// - Throws: `damagedFile`, `unsupportedVersion`, `configurationMismatch`, `file`, `outOfMemory`.
    func read(
        _ number: UInt32, within budget: ResidentBudget = .process
    ) throws(VectorIndexError) -> SealedPart {
        guard try VectorIndexError.wrapping(Path.exists(path)) else { throw .damagedFile(path: path, .missing) }
        let (file, size) = try VectorIndexError.wrapping { () throws(FileError) in
            let file = try File(path, .read)
            return (file, try file.size)
        }
        guard size >= Self.headerBytes else { throw .damagedFile(path: path, .truncated) }
        let mapping = try VectorIndexError.wrapping(MappedFile(file, count: size))
        let (facts, checksum) = try mapping.withBytes(in: 0..<Self.headerBytes) { bytes throws(VectorIndexError) in
            try decode((0..<Self.wordCount).map { bytes.load(fromByteOffset: 4 * $0, as: UInt32.self) })
        }
        guard size == Self.headerBytes + facts.byteCount else { throw .damagedFile(path: path, .truncated) }
        let content = try self.content(facts, of: mapping, budget.share(facts.byteCount))
        guard CRC32C.checksum(content.bytes) == checksum else { throw .damagedFile(path: path, .checksumMismatch) }
        if content.share == nil { mapping.expectScatteredReads() }
        guard content.isConsistent else { throw .damagedFile(path: path, .inconsistent) }
        let part = SealedPart(content, isEuclidean: configuration.metric == .euclidean, number: number)
        // None is there twice: it would be found twice.
        guard part.count == facts.nodes + facts.duplicates else { throw .damagedFile(path: path, .inconsistent) }
        return part
    }

    private func content(
        _ facts: SealedContent.Facts, of mapping: MappedFile, _ share: ResidentBudget.Share?
    ) throws(VectorIndexError) -> SealedContent {
        let mapped = UnsafeRawBufferPointer(rebasing: mapping.unsafeBytes[Self.headerBytes...])
        guard let share else { return SealedContent(facts: facts, bytes: mapped, owner: mapping) }
        let memory = try HugeMemory(count: facts.byteCount)
        memory.bytes.copyMemory(from: mapped)
        return SealedContent(facts: facts, bytes: UnsafeRawBufferPointer(memory.bytes), owner: memory, share: share)
    }

    private func encode(_ facts: SealedContent.Facts, checksum: UInt32) -> [UInt32] {
        let words = Self.magic + [
            Self.version, UInt32(facts.dimensions), UInt32(facts.degree), facts.hasCodes ? 1 : 0, UInt32(facts.nodes),
            UInt32(facts.duplicates), UInt32(facts.entries), UInt32(truncatingIfNeeded: facts.seed),
            UInt32(truncatingIfNeeded: facts.seed >> 32), facts.sketchError.bitPattern, facts.codeError.bitPattern,
            configuration.metric.code, checksum,
        ]
        return words + [words.withUnsafeBytes { CRC32C.checksum($0) }]
    }

    private func decode(_ words: [UInt32]) throws(VectorIndexError) -> (SealedContent.Facts, checksum: UInt32) {
        guard Array(words[..<2]) == Self.magic else { throw .damagedFile(path: path, .wrongMagic) }
        let checksum = words.dropLast().withContiguousStorageIfAvailable {
            CRC32C.checksum(UnsafeRawBufferPointer($0))
        }
        guard checksum == words.last else { throw .damagedFile(path: path, .checksumMismatch) }
        guard words[2] == Self.version else { throw .unsupportedVersion(path: path, version: words[2]) }
        let facts = SealedContent.Facts(
            dimensions: Int(words[3]), degree: Int(words[4]), hasCodes: words[5] == 1, nodes: Int(words[6]),
            duplicates: Int(words[7]), entries: Int(words[8]), seed: UInt64(words[10]) << 32 | UInt64(words[9]),
            sketchError: Float(bitPattern: words[11]), codeError: Float(bitPattern: words[12]))
        guard facts.dimensions == configuration.dimensions, words[13] == configuration.metric.code else {
            throw .configurationMismatch(path: path)
        }
        guard facts.nodes <= Int(CVK_MAXIMUM_NODES), facts.degree <= 1 << 16, facts.entries <= facts.nodes,
            facts.sketchError >= 0, facts.codeError >= 0
        else { throw .damagedFile(path: path, .inconsistent) }
        return (facts, words[14])
    }
}

extension SealedContent {
    /// Whether what a search relies on holds: ordinals ascend, and nodes are there. Links are looked at when they are followed.
    fileprivate var isConsistent: Bool {
        let ordinals = section(.ordinals, of: UInt32.self), duplicates = section(.duplicates, of: cvk_duplicate.self)
        var previous: UInt32?
        for ordinal in ordinals {
            let ordinal = ordinal & ~CVK_HAS_DUPLICATES
            if let previous, ordinal <= previous { return false }
            previous = ordinal
        }
        var node: UInt32 = 0
        for duplicate in duplicates {
            guard duplicate.node >= node, duplicate.node < facts.nodes, duplicate.ordinal < CVK_MAXIMUM_NODES,
                ordinals[Int(duplicate.node)] & CVK_HAS_DUPLICATES != 0
            else { return false }
            node = duplicate.node
        }
        return section(.entries, of: UInt32.self).allSatisfy { $0 < facts.nodes }
    }
}
