internal import CVectorKernels
internal import Files
internal import VectorKernels

extension GraphFile {
    /// Writes the graph, which must be at rest, beside the path. `publish` makes it the checkpoint.
    func write(_ graph: GrowingPart) throws(VectorIndexError) -> File {
        let facts = graph.facts
        let header = Header(configuration, facts)
        var writer = WordWriter(file: try VectorIndexError.wrapping(File(temporaryPath, .replace)))
        try writer.append(header.words)
        try writer.append(bitmap(header) { graph.contains($0) })
        try writer.append(bitmap(header) { graph.isLinked($0) })
        var list = [UInt32](repeating: 0, count: max(1, graph.capacity(level: 0)))
        for node in 0..<facts.end where graph.isLinked(node) {
            for level in 0...graph.level(node) {
                let count = cvk_graph_get_links(graph.handle, node, level, &list)
                try writer.append(count)
                try writer.append(list[..<Int(count)])
            }
        }
        if facts.duplicates > 0 {
            for node in 0..<facts.end where graph.contains(node) || graph.isLinked(node) {
                let next = cvk_graph_next_duplicate(graph.handle, node)
                if next != CVK_NO_NODE { try writer.append([node, next]) }
            }
        }
        return try writer.finish()
    }

    /// Replaces the checkpoint by what `write` wrote; it survives a loss of power from then on.
    func publish(_ file: File) throws(VectorIndexError) {
        try VectorIndexError.wrapping { () throws(FileError) in
            try file.synchronizeData()
            try Path.move(file.path, to: path)
        }
    }

    private var temporaryPath: String { path + ".new" }

    private func bitmap(_ header: Header, _ contains: (UInt32) -> Bool) -> [UInt32] {
        var words = [UInt32](repeating: 0, count: header.bitmapWordCount)
        for node in 0..<header.end where contains(node) { words[Int(node >> 5)] |= 1 << (node & 31) }
        return words
    }
}

/// Gathers words, and writes them with their checksum in large pieces.
private struct WordWriter {
    private static let pieceWords = 1 << 18

    let file: File
    private var pending: [UInt32] = []
    private var offset = 0
    private var checksum = CRC32C()

    init(file: File) {
        self.file = file
        pending.reserveCapacity(Self.pieceWords)
    }

    mutating func append(_ word: UInt32) throws(VectorIndexError) {
        pending.append(word)
        if pending.count >= Self.pieceWords { try flush() }
    }

    mutating func append(_ words: some Collection<UInt32>) throws(VectorIndexError) {
        pending.append(contentsOf: words)
        if pending.count >= Self.pieceWords { try flush() }
    }

    /// Appends the checksum of all that was written.
    mutating func finish() throws(VectorIndexError) -> File {
        try flush()
        pending.append(checksum.value)
        try flush()
        return file
    }

    private mutating func flush() throws(VectorIndexError) {
        pending.withUnsafeBytes { checksum.update($0) }
        try VectorIndexError.wrapping(file.write(pending, at: offset))
        offset += pending.count * 4
        pending.removeAll(keepingCapacity: true)
    }
}
