internal import Files
internal import VectorKernels

/// A segment on disk.
enum SegmentFile {
    static func name(_ number: UInt64) -> String { "segment-\(number)" }

    /// Writes a segment, durably once its directory is synchronised, and opens what was written.
    static func write(_ segment: Segment, _ number: UInt64, in directory: String) throws(FieldIndexError) -> Segment {
        let path = Path.join(directory, name(number))
        try FieldIndexError.wrapping { () throws(FileError) in
            let file = try File(path, .replace)
            try file.write(segment.memory.bytes, at: 0)
            try file.synchronizeData()
        }
        return try read(number, in: directory)
    }

    /// Maps a segment, and reads it once from end to end.
    ///
    /// - Throws: `damagedFile`, `unsupportedVersion`, `file`.
    static func read(_ number: UInt64, in directory: String) throws(FieldIndexError) -> Segment {
        let path = Path.join(directory, name(number))
        guard try FieldIndexError.wrapping(Path.exists(path)) else { throw .damagedFile(path: path, .missing) }
        let memory = SegmentMemory(try FieldIndexError.wrapping(MappedFile(path: path)))
        let headerBytes = 8 * SegmentWriter.headerWords
        guard let header = Section<UInt64>(memory, offset: 0, count: SegmentWriter.headerWords) else {
            throw .damagedFile(path: path, .truncated)
        }
        guard header[0] == SegmentWriter.magic else { throw .damagedFile(path: path, .wrongMagic) }
        let headerSum = CRC32C.checksum(UnsafeRawBufferPointer(rebasing: memory.bytes[..<(headerBytes - 8)]))
        guard header[7] == UInt64(headerSum) else { throw .damagedFile(path: path, .checksumMismatch) }
        guard header[1] == SegmentWriter.version else { throw .unsupportedVersion(path: path, version: header[1]) }
        guard header[6] == UInt64(CRC32C.checksum(UnsafeRawBufferPointer(rebasing: memory.bytes[headerBytes...]))) else {
            throw .damagedFile(path: path, .checksumMismatch)
        }
        guard var segment = Segment(memory) else { throw .damagedFile(path: path, .inconsistent) }
        segment.fileNumber = number
        return segment
    }
}
