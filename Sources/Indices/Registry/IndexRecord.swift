internal import Files
internal import Mapping
internal import Synchronization

/// An index's place on disk and its metadata, whether its shards are open or not.
final class IndexRecord: Sendable {
    private static let metadataFile = "index.json"

    let path: String
    private let state: Mutex<IndexMetadata>
    /// Held while a change is written to disk; searches read the state meanwhile.
    private let changing = Mutex(())

    init(_ metadata: IndexMetadata, path: String) {
        self.path = path
        state = Mutex(metadata)
    }

    /// - Throws: `IndicesError.damagedFile`.
    convenience init(reading path: String) throws(IndicesError) {
        self.init(try IndexMetadata(reading: Self.metadataPath(in: path)), path: path)
    }

    static func metadataPath(in directory: String) -> String { directory + "/" + metadataFile }

    var metadataPath: String { Self.metadataPath(in: path) }

    var metadata: IndexMetadata { state.withLock { $0 } }

    /// Changes the metadata, on disk first. Changes come one after another.
    ///
    /// - Returns: the metadata from now on.
    /// - Throws: `IndicesError.file`, and what `body` throws; nothing is changed then.
    @discardableResult
    func change(_ body: (inout IndexMetadata) throws(IndicesError) -> Void) throws(IndicesError) -> IndexMetadata {
        try changing.withLock { _ throws(IndicesError) in
            let former = metadata
            var changed = former
            try body(&changed)
            if changed != former {
                changed.version += 1
                try changed.save(as: metadataPath)
                state.withLock { $0 = changed }
            }
            return changed
        }
    }

    /// Says on disk that the index is no more: a start from then on removes what is left of it.
    ///
    /// - Throws: `IndicesError.file`; the index is as it was then.
    func markDeleted() throws(IndicesError) {
        let deleted = path + DataDirectory.deletedSuffix
        do {
            try Path.move(path, to: deleted)
        } catch {
            // It may have got its new name, and only that be not durable.
            try? Path.move(deleted, to: path)
            throw .file(error)
        }
    }
}

extension IndexRecord {
    /// - Throws: `IndicesError.mapping` if `mapping` cannot be merged; nothing is changed.
    func checkMerging(_ mapping: Mapping) throws(IndicesError) {
        let metadata = metadata
        _ = try Self.merged(mapping, into: metadata)
    }

    /// Merges `mapping` into the index's, on disk first.
    ///
    /// - Returns: the mapping from now on.
    /// - Throws: `IndicesError.mapping`, `.file`.
    @discardableResult
    func mergeMapping(_ mapping: Mapping) throws(IndicesError) -> Mapping {
        try change { (metadata) throws(IndicesError) in metadata.mapping = try Self.merged(mapping, into: metadata) }.mapping
    }

    private static func merged(_ mapping: Mapping, into metadata: IndexMetadata) throws(IndicesError) -> Mapping {
        do {
            return try metadata.mapping.merging(mapping)
        } catch {
            throw .mapping(error, index: metadata.name)
        }
    }
}
