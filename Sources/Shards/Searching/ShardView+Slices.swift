internal import FieldIndex
internal import Ordinals
internal import Query
internal import Synchronization

extension ShardView {
    /// Those of some documents that belong to a slice.
    ///
    /// - Complexity: by place, O(accepted). By id, O(documents of the view), which are read the first time. By a number, O(accepted +
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

    /// Hashes of the documents' ids, in the order of the documents.
    private func idHashes() throws(ShardError) -> [UInt64] {
        // Slices that are asked for at once wait for the first, and are spared its work.
        try sliceHashes.withLock { (known: inout [UInt64]?) throws(ShardError) in
            if let known { return known }
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
            known = hashes
            return hashes
        }
    }

    private static let idsAtOnce = 1000
}
