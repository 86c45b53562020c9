internal import FieldIndex
internal import Ordinals
internal import Query
internal import Synchronization

extension ShardView {
    /// Those of some documents that belong to a slice.
    ///
    /// - Complexity: by place, O(accepted). By id, O(documents of the view), which are read where `readIDs` has not done it. By a number, O(accepted +
    ///   numbers).
    /// - Throws: `ShardError` if the documents cannot be read.
    func documents(of slice: Slice, among accepted: OrdinalSet) throws(ShardError) -> OrdinalSet {
        switch slice.basis {
        case .place: return OrdinalSet(accepted.lazy.filter(slice.contains))
        case .id:
            let part = zip(live, try idHashes()).lazy.filter { _, hash in slice.contains(hash: hash) }
            return OrdinalSet(part.map { ordinal, _ in ordinal }).intersection(accepted)
        case .number(let field): return documents(of: slice, by: field, among: accepted)
        }
    }

    private func documents(of slice: Slice, by field: String, among accepted: OrdinalSet) -> OrdinalSet {
        var rest = accepted
        var found: [UInt32] = []
        for numbers in fields.numbers(field) {
            var last: UInt32?
            numbers.forEachBlock(of: accepted) { ordinals, values in
                // A document's values stand together and ascend: the first is the least.
                for (ordinal, value) in zip(ordinals, values) where ordinal != last {
                    last = ordinal
                    _ = rest.remove(ordinal)
                    if slice.contains(value: UInt64(bitPattern: value)) { found.append(ordinal) }
                }
            }
        }
        var part = OrdinalSet(found)
        if slice.contains(value: nil) { part.formUnion(rest) }
        return part
    }

    /// Reads what slices by id need, unless it is known.
    ///
    /// - Returns: what is to be awaited before documents are looked for, with why it failed; nil: nothing. All who ask at once get the
    ///   same, so that one thread reads and nobody's waits for it.
    /// - Complexity: O(documents of the view).
    public func readIDs() -> Task<ShardError?, Never>? {
        sliceHashes.withLock { state in
            if state.hashes != nil { return nil }
            if let reading = state.reading { return reading }
            let reading = Task { () -> ShardError? in
                do throws(ShardError) {
                    _ = try idHashes()
                    return nil
                } catch {
                    sliceHashes.withLock { $0.reading = nil }
                    return error
                }
            }
            state.reading = reading
            return reading
        }
    }

    /// Hashes of the documents' ids, in the order of the documents.
    private func idHashes() throws(ShardError) -> [UInt64] {
        if let known = sliceHashes.withLock({ $0.hashes }) { return known }
        var hashes: [UInt64] = [], batch: [UInt32] = []
        hashes.reserveCapacity(live.count)
        func read() throws(ShardError) {
            if Task.isCancelled { throw .cancelled }
            for document in try store.documents(batch, includingSource: false) { hashes.append(Slice.hash(of: document.id)) }
            batch.removeAll(keepingCapacity: true)
        }
        for ordinal in live {
            batch.append(ordinal)
            if batch.count == Self.idsAtOnce { try read() }
        }
        try read()
        let read = hashes
        sliceHashes.withLock { $0 = SliceHashes(hashes: read) }
        return read
    }

    private static let idsAtOnce = 1000
}

/// Hashes of the ids of a view's documents.
struct SliceHashes {
    /// Nil until they were read.
    var hashes: [UInt64]?
    /// Goes on while they are read.
    var reading: Task<ShardError?, Never>?
}
