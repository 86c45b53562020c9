internal import CVectorKernels
internal import Files
internal import Ordinals
internal import VectorKernels

extension GraphFile {
    /// Reads the checkpoint into an empty graph.
    ///
    /// - Throws: `damagedFile`, `unsupportedVersion`, `configurationMismatch`, `file`, `outOfMemory`.
    func restore(_ graph: GrowingPart) throws(VectorIndexError) {
        let (file, size) = try VectorIndexError.wrapping { () throws(FileError) in
            let file = try File(path, .read)
            return (file, try file.size)
        }
        guard size >= (Header.wordCount + 1) * 4, size % 4 == 0 else { throw .damagedFile(path: path, .truncated) }
        let mapping = try VectorIndexError.wrapping(MappedFile(file, count: size))
        try mapping.withBytes(in: 0..<size) { bytes throws(VectorIndexError) in try restore(graph, bytes) }
    }

    private func restore(_ graph: GrowingPart, _ bytes: UnsafeRawBufferPointer) throws(VectorIndexError) {
        let words = UnsafeBufferPointer(
            start: bytes.baseAddress?.assumingMemoryBound(to: UInt32.self), count: bytes.count / 4)

        guard Array(words[..<2]) == Self.magic else { throw .damagedFile(path: path, .wrongMagic) }
        guard CRC32C.checksum(UnsafeRawBufferPointer(rebasing: bytes.dropLast(4))) == words[words.count - 1] else {
            throw .damagedFile(path: path, .checksumMismatch)
        }
        guard words[2] == Self.version else { throw .unsupportedVersion(path: path, version: words[2]) }
        let header = Header(words: words[..<Header.wordCount])
        guard header.matches(configuration) else { throw .configurationMismatch(path: path) }
        var reader = WordReader(words: UnsafeBufferPointer(rebasing: words.dropLast()), position: Header.wordCount)
        try restore(graph, header, &reader)
    }

    private func restore(_ graph: GrowingPart, _ header: Header, _ reader: inout WordReader) throws(VectorIndexError) {
        let inconsistent = VectorIndexError.damagedFile(path: path, .inconsistent)
        guard header.end <= CVK_MAXIMUM_NODES, let members = reader.next(header.bitmapWordCount),
            let linked = reader.next(header.bitmapWordCount)
        else { throw inconsistent }
        func has(_ bitmap: UnsafeBufferPointer<UInt32>, _ node: UInt32) -> Bool {
            bitmap[Int(node >> 5)] >> (node & 31) & 1 == 1
        }
        for node in 0..<header.end where has(members, node) || has(linked, node) {
            guard cvk_graph_restore_node(graph.handle, node, has(members, node), has(linked, node)) == CVK_OK else {
                throw .outOfMemory
            }
        }
        for node in 0..<header.end where graph.isLinked(node) {
            for level in 0...graph.level(node) {
                guard let count = reader.next(), let links = reader.next(Int(count)), let start = links.baseAddress,
                    cvk_graph_restore_links(graph.handle, node, level, start, count)
                else { throw inconsistent }
            }
        }
        // Each hangs from one node only: chains end.
        var hung = OrdinalSet()
        for _ in 0..<header.duplicates {
            guard let node = reader.next(), let next = reader.next(), next < header.end, hung.insert(next),
                cvk_graph_restore_duplicate(graph.handle, node, next)
            else { throw inconsistent }
        }
        let facts = graph.facts
        guard reader.isAtEnd, facts.members == header.members,
            header.entry == CVK_NO_NODE || graph.isLinked(header.entry)
        else { throw inconsistent }
        cvk_graph_restore_entry(graph.handle, header.entry)
    }
}

/// Reads words in order, and never past the end.
private struct WordReader {
    let words: UnsafeBufferPointer<UInt32>
    var position: Int

    var isAtEnd: Bool { position == words.count }

    mutating func next() -> UInt32? {
        guard position < words.count else { return nil }
        defer { position += 1 }
        return words[position]
    }

    mutating func next(_ count: Int) -> UnsafeBufferPointer<UInt32>? {
        guard count <= words.count - position else { return nil }
        defer { position += count }
        return UnsafeBufferPointer(rebasing: words[position..<(position + count)])
    }
}
