internal import Synchronization

/// Which index a name means.
///
/// A name is taken from before the index's files are made until after they are marked as deleted, so that no start finds
/// two indices of one name. The files are written outside the lock that searches take to find their indices.
final class IndexTable: Sendable {
    private struct Change {
        var uuid: String
        var task: Task<Void, any Error>
    }

    private struct State {
        var open: [String: Index] = [:]
        /// By the names of indices that are being made or deleted.
        var changing: [String: Change] = [:]
        var isClosed = false

        func uuid(of name: String) -> String? { changing[name]?.uuid ?? open[name]?.metadata.uuid }
    }

    private let state = Mutex(State())

    var open: [String: Index] { state.withLock { $0.open } }

    subscript(name: String) -> Index? { state.withLock { $0.open[name] } }

    /// Adds an index found on disk.
    ///
    /// - Throws: `IndicesError.damagedFile` if there is another of its name.
    func add(_ index: Index) throws(IndicesError) {
        let other = state.withLock { state in
            if let other = state.open[index.name] { return other }
            state.open[index.name] = index
            return index
        }
        guard other === index else {
            throw .damagedFile(
                path: index.metadataPath, reason: "its name [\(index.name)] is also that of [\(other.metadataPath)]")
        }
    }

    /// Takes the name, makes the index, and adds it.
    ///
    /// - Throws: `IndicesError.indexAlreadyExists` if the name is taken, and what `make` throws.
    func create(_ metadata: IndexMetadata, _ make: @escaping @Sendable () async throws -> Index) async throws {
        let name = metadata.name
        let creation = try state.withLock { state throws(IndicesError) in
            if state.isClosed { throw .stopping }
            if let uuid = state.uuid(of: name) { throw .indexAlreadyExists(name: name, uuid: uuid) }
            let creation = Task {
                do {
                    finishChange(of: name, leaving: try await make())
                } catch {
                    finishChange(of: name, leaving: nil)
                    throw error
                }
            }
            state.changing[name] = Change(uuid: metadata.uuid, task: creation)
            return creation
        }
        try await creation.value
    }

    /// Takes the index away, and lets go of its name once that is on disk.
    ///
    /// - Throws: `IndicesError.indexNotFound` if another deletion was faster, `.file`; then the index stays.
    func delete(_ index: Index) async throws {
        let name = index.name
        let deletion = try state.withLock { state throws(IndicesError) in
            if state.isClosed { throw .stopping }
            guard state.open[name] === index else { throw .indexNotFound(name) }
            let deletion = Task {
                do {
                    try index.markDeleted()
                    finishChange(of: name, leaving: nil)
                } catch {
                    finishChange(of: name, leaving: index)
                    throw error
                }
            }
            state.open[name] = nil
            state.changing[name] = Change(uuid: index.metadata.uuid, task: deletion)
            return deletion
        }
        try await deletion.value
    }

    /// Returns when nobody is making or deleting an index of this name.
    func settle(_ name: String) async {
        _ = await state.withLock { $0.changing[name]?.task }?.result
    }

    /// Takes no more changes.
    ///
    /// - Returns: the indices that were open, when changes under way have ended.
    func close() async -> [Index] {
        let changes = state.withLock { state in
            state.isClosed = true
            return state.changing.values.map(\.task)
        }
        for change in changes { _ = await change.result }
        return state.withLock { state in
            defer { state.open = [:] }
            return Array(state.open.values)
        }
    }

    private func finishChange(of name: String, leaving index: Index?) {
        state.withLock { state in
            state.changing[name] = nil
            state.open[name] = index
        }
    }
}
