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
        var names = IndexNames()
        /// By the names of indices that are being made or deleted.
        var changing: [String: Change] = [:]
        var isClosed = false

        func uuid(of name: String) -> String? { changing[name]?.uuid ?? names[name]?.record.metadata.uuid }
    }

    private let state = Mutex(State())

    /// All names at this moment.
    var names: IndexNames { state.withLock { $0.names } }

    /// Whether an index is being opened.
    var isRecovering: Bool { state.withLock { $0.names.recovering > 0 } }

    subscript(name: String) -> Index? { state.withLock { $0.names[name]?.index } }

    /// Adds an index found on disk.
    ///
    /// - Throws: `IndicesError.damagedFile` if there is another of its name.
    func add(_ slot: IndexSlot) throws(IndicesError) {
        let name = slot.name
        let other = state.withLock { state in
            if let other = state.names[name] { return other.record }
            state.names[name] = slot
            return slot.record
        }
        guard other === slot.record else {
            throw .damagedFile(
                path: slot.record.metadataPath, reason: "its name [\(name)] is also that of [\(other.metadataPath)]")
        }
    }

    /// Takes the name, makes the index, and adds it.
    ///
    /// - Throws: `IndicesError.indexAlreadyExists` if the name is taken, `.nameIsAlias`, and what `make` throws.
    func create(_ metadata: IndexMetadata, _ make: @escaping @Sendable () async throws -> Index) async throws {
        let name = metadata.name
        let creation = try state.withLock { state throws(IndicesError) in
            if state.isClosed { throw .stopping }
            if let uuid = state.uuid(of: name) { throw .indexAlreadyExists(name: name, uuid: uuid) }
            if state.names.aliases[name] != nil { throw .nameIsAlias(name) }
            for alias in metadata.aliases.keys
            where state.uuid(of: alias) != nil || state.names.dataStreams[alias] != nil || alias == name {
                throw .aliasIsIndex(alias)
            }
            let creation = Task {
                do {
                    finishChange(of: name, leaving: IndexSlot(try await make()))
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
    func delete(_ slot: IndexSlot) async throws {
        let name = slot.name
        let deletion = try state.withLock { state throws(IndicesError) in
            if state.isClosed { throw .stopping }
            guard let current = state.names[name], current.record === slot.record else { throw .indexNotFound(name) }
            let deletion = Task {
                do {
                    try slot.record.markDeleted()
                    finishChange(of: name, leaving: nil)
                } catch {
                    finishChange(of: name, leaving: current)
                    throw error
                }
            }
            state.names[name] = nil
            state.changing[name] = Change(uuid: slot.record.metadata.uuid, task: deletion)
            return deletion
        }
        try await deletion.value
    }

    /// Puts an index into another state, if it is still there and `isExpected` of its present one.
    ///
    /// - Returns: whether it was.
    @discardableResult
    func move(
        _ record: IndexRecord, to next: IndexSlot.State, if isExpected: (IndexSlot.State) -> Bool = { _ in true }
    ) -> Bool {
        let name = record.metadata.name
        return state.withLock { state in
            guard !state.isClosed, let slot = state.names[name], slot.record === record, isExpected(slot.state) else {
                return false
            }
            state.names[name] = IndexSlot(record, next)
            return true
        }
    }

    /// To be called after aliases have changed.
    func collectAliases() {
        state.withLock { $0.names.collectAliases() }
    }

    /// Returns when nobody is making or deleting an index of this name.
    func settle(_ name: String) async {
        _ = await state.withLock { $0.changing[name]?.task }?.result
    }

    /// Takes no more changes.
    ///
    /// - Returns: the indices that were open, when changes under way have ended.
    func close() async -> [Index] {
        let (changes, recoveries) = state.withLock { state in
            state.isClosed = true
            let recoveries = state.names.slots.values.compactMap { slot -> Task<Void, Never>? in
                if case .recovering(let task) = slot.state { task } else { nil }
            }
            return (state.changing.values.map(\.task), recoveries)
        }
        for change in changes { _ = await change.result }
        for recovery in recoveries { await recovery.value }
        return state.withLock { state in
            defer { state.names = IndexNames() }
            return state.names.slots.values.compactMap(\.index)
        }
    }

    private func finishChange(of name: String, leaving slot: IndexSlot?) {
        state.withLock { state in
            state.changing[name] = nil
            state.names[name] = slot
        }
    }
}
