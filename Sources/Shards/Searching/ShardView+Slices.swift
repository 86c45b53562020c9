internal import Ordinals
internal import Query
internal import Synchronization

extension ShardView {
    /// Those of some documents that belong to a slice.
    ///
    /// - Complexity: by place, O(accepted). By id, O(documents of the view), which are read the first time.
    /// - Throws: `ShardError` if the documents cannot be read.
    func documents(of slice: Slice, among accepted: OrdinalSet) throws(ShardError) -> OrdinalSet {
        switch slice.basis {
        case .place: return OrdinalSet(accepted.lazy.filter(slice.contains))
        case .id:
            let part = zip(live, try idHashes()).lazy.filter { _, hash in slice.contains(hash: hash) }
            return OrdinalSet(part.map { ordinal, _ in ordinal }).intersection(accepted)
        }
    }

    /// Hashes of the documents' ids, in the order of the documents.
    private func idHashes() throws(ShardError) -> [UInt64] {
        if let known = sliceHashes.withLock({ $0 }) { return known }
        let hashes = try store.documents(Array(live), includingSource: false).map { Slice.hash(of: $0.id) }
        sliceHashes.withLock { $0 = hashes }
        return hashes
    }
}
