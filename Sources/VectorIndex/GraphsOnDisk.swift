internal import CVectorKernels
internal import Files
internal import Ordinals

/// The files of an index that are derived from its vectors: the growing part's checkpoint, sealed parts, and their manifest.
struct GraphsOnDisk {
    let directory: String
    let configuration: VectorIndexConfiguration
    var budget = ResidentBudget.process

    static func isDerived(_ path: String, in directory: String) -> Bool {
        path == VectorIndex.graphPath(in: directory) || path == directory + "/" + Manifest.fileName
            || path.hasPrefix(directory + "/") && path.hasSuffix(SealedFile.suffix)
    }

    /// Removes them all.
    func discard() throws(VectorIndexError) {
        let names = try VectorIndexError.wrapping(Directory.names(in: directory))
        for name in names where Self.isDerived(directory + "/" + name, in: directory) {
            try VectorIndexError.wrapping(Path.remove(directory + "/" + name))
        }
    }

    /// The parts that the files hold. What an unfinished sealing left is removed.
    ///
    /// - Throws: `damagedFile`, `unsupportedVersion`, `configurationMismatch`, `file`, `outOfMemory`.
    func restore(over vectors: RawVectors) throws(VectorIndexError) -> Parts {
        let manifest = try Manifest(directory: directory)
        try removeOthers(manifest)
        var sealed: [SealedPart] = []
        for number in manifest.parts {
            let part = try read(number)
            guard (part.members.last ?? 0) < vectors.rows.count || part.count == 0 else {
                throw .damagedFile(path: vectors.path, .truncated)
            }
            sealed.append(part)
        }
        let growing = try restoreGrowing(over: vectors)
        let parts = Parts(growing: growing, sealed: sealed)
        // What is in two parts would be found twice.
        guard parts.sealedMembers.count == sealed.reduce(0, { $0 + $1.count }) else {
            throw .damagedFile(path: directory + "/" + Manifest.fileName, .inconsistent)
        }
        // A checkpoint older than a part that took its vectors: they would be found twice.
        guard parts.sealedMembers.intersection(growing.members(below: .max)).isEmpty else {
            return Parts(growing: try GrowingPart(configuration), sealed: sealed)
        }
        return parts
    }

    private func restoreGrowing(over vectors: RawVectors) throws(VectorIndexError) -> GrowingPart {
        let growing = try GrowingPart(configuration)
        let path = VectorIndex.graphPath(in: directory)
        guard try VectorIndexError.wrapping(Path.exists(path)) else { return growing }
        try GraphFile(path: path, configuration: configuration).restore(growing)
        guard growing.facts.end <= vectors.rows.count else { throw .damagedFile(path: vectors.path, .truncated) }
        if configuration.hasGraph { growing.restoreCodes(from: vectors) }
        return growing
    }

    /// Makes a built part one of the index, in place of all but those in `keeping`; nil adds none.
    func publish(_ content: SealedContent?, keeping: [SealedPart]) throws(VectorIndexError) -> SealedPart? {
        var manifest = try Manifest(directory: directory)
        let number = manifest.next
        // Not those of the file: an error may have left a part there that this index does not have.
        manifest.parts = keeping.map(\.number)
        if let content {
            try SealedFile(path: path(of: number), configuration: configuration).write(content)
            try VectorIndexError.wrapping(Directory.synchronize(directory))
            manifest.next = number &+ 1
            manifest.parts.append(number)
        }
        try manifest.replace(in: directory)
        // It is done: what is left over costs space only, and goes at the next opening.
        try? removeOthers(manifest)
        guard var content else { return nil }
        content.share = budget.share(content.facts.byteCount)
        // What the budget has no room for is mapped from now on.
        if content.share == nil, let mapped = try? read(number) { return mapped }
        return SealedPart(content, isEuclidean: configuration.metric == .euclidean, number: number)
    }

    private func removeOthers(_ manifest: Manifest) throws(VectorIndexError) {
        let known = Set(manifest.parts.map(Manifest.partName))
        let names = try VectorIndexError.wrapping(Directory.names(in: directory))
        for name in names where name.hasSuffix(SealedFile.suffix) && !known.contains(name) {
            try VectorIndexError.wrapping(Path.remove(directory + "/" + name))
        }
    }

    private func read(_ number: UInt32) throws(VectorIndexError) -> SealedPart {
        try SealedFile(path: path(of: number), configuration: configuration).read(number, within: budget)
    }

    private func path(of number: UInt32) -> String { directory + "/" + Manifest.partName(number) }
}
