/// What stands under an index's name: its record, and its shards if they are open.
struct IndexSlot: Sendable {
    enum State: Sendable {
        case ready(Index)
        /// By a request; its files stay.
        case closed
        /// Its shards are being opened.
        case recovering(Task<Void, Never>)
        /// Its files cannot be used.
        case damaged(reason: String)
    }

    let record: IndexRecord
    var state: State

    init(_ index: Index) {
        record = index.record
        state = .ready(index)
    }

    init(_ record: IndexRecord, _ state: State) {
        self.record = record
        self.state = state
    }

    var name: String { record.metadata.name }

    var isRecovering: Bool { if case .recovering = state { true } else { false } }

    /// Nil unless it is open.
    var index: Index? { if case .ready(let index) = state { index } else { nil } }

    /// - Throws: `IndicesError`: `.indexClosed`, `.indexUnavailable`.
    func opened() throws(IndicesError) -> Index {
        let metadata = record.metadata
        switch state {
        case .ready(let index): return index
        case .closed: throw .indexClosed(name: metadata.name, uuid: metadata.uuid)
        case .recovering: throw .indexUnavailable(name: metadata.name, reason: "its shards are being recovered")
        case .damaged(let reason): throw .indexUnavailable(name: metadata.name, reason: reason)
        }
    }
}
