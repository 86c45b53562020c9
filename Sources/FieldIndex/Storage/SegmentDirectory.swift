internal import Files

/// A field index's directory: its segments' files, and the manifest that names them.
public struct SegmentDirectory: Sendable {
    public let path: String
    private var manifest = SegmentManifest()

    /// What a directory gave when it was opened.
    public struct Opening {
        /// Whole ones, in the order of their ordinals.
        public var segments: [Segment] = []
        /// Ordinals whose rows have to be made anew: lost segments, and all from the last range's lower bound on.
        public var missing: [Range<UInt32>] = []
        /// What was wrong with files that were passed over.
        public var damages: [FieldIndexError] = []
    }

    public init(path: String) { self.path = path }

    /// Opens what is there. Files that no manifest names are removed; what is damaged is passed over, and named.
    ///
    /// - Parameter limit: ordinals from here on were never given out: whatever says so is from another history.
    /// - Throws: `FieldIndexError.file` for what the system refuses.
    public mutating func open(limit: UInt32) throws(FieldIndexError) -> Opening {
        var opening = Opening()
        try FieldIndexError.wrapping(Directory.create(path))
        do throws(FieldIndexError) {
            manifest = try SegmentManifest(directory: path)
        } catch .file(let error) {
            throw .file(error)
        } catch {
            opening.damages.append(error)
            manifest = SegmentManifest()
            manifest.next = try freeNumber()
        }
        if manifest.end > limit { manifest.end = 0 }
        for entry in manifest.segments {
            guard entry.ordinals.upperBound <= manifest.end else { continue }
            do throws(FieldIndexError) {
                let segment = try SegmentFile.read(entry.number, in: path)
                guard segment.firstOrdinal == entry.ordinals.lowerBound, segment.endOrdinal == entry.ordinals.upperBound else {
                    throw .damagedFile(path: Path.join(path, SegmentFile.name(entry.number)), .inconsistent)
                }
                opening.segments.append(segment)
            } catch {
                opening.damages.append(error)
                opening.missing.append(entry.ordinals)
            }
        }
        if manifest.end < limit { opening.missing.append(manifest.end..<limit) }
        manifest.segments = manifest.segments.filter { entry in opening.segments.contains { $0.fileNumber == entry.number } }
        try removeUnnamed()
        return opening
    }

    /// Makes segments durable: writes those that have no file, and names all in the manifest.
    ///
    /// - Parameters:
    ///   - segments: all there are, in the order of their ordinals.
    ///   - end: ordinals before it are in them, or need no rows.
    /// - Returns: the segments, over their files.
    public mutating func write(_ segments: [Segment], end: UInt32) throws(FieldIndexError) -> [Segment] {
        var next = manifest
        var written: [Segment] = []
        for segment in segments {
            if segment.fileNumber != nil {
                written.append(segment)
            } else {
                written.append(try SegmentFile.write(segment, next.next, in: path))
                next.next += 1
            }
        }
        next.end = end
        next.segments = written.compactMap { segment in
            segment.fileNumber.map { .init(number: $0, ordinals: segment.firstOrdinal..<segment.endOrdinal) }
        }
        if next != manifest {
            try next.replace(in: path)
            manifest = next
            try removeUnnamed()
        }
        return written
    }

    /// Ordinals before it are covered by what is on disk.
    public var end: UInt32 { manifest.end }

    private func removeUnnamed() throws(FieldIndexError) {
        let named = Set(manifest.segments.map { SegmentFile.name($0.number) } + [SegmentManifest.fileName])
        for name in try FieldIndexError.wrapping(Directory.names(in: path)) where !named.contains(name) {
            try FieldIndexError.wrapping(Path.remove(Path.join(path, name)))
        }
    }

    /// A number that no file here has.
    private func freeNumber() throws(FieldIndexError) -> UInt64 {
        let numbers = try FieldIndexError.wrapping(Directory.names(in: path)).compactMap { name in
            name.split(separator: "-").last.flatMap { UInt64($0) }
        }
        return (numbers.max() ?? 0) % (1 << 62) + 1
    }
}
