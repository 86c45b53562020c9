internal import Logging
internal import Mapping

extension IndexRegistry {
    /// Takes up an index found on disk.
    func find(_ path: String) {
        let record: IndexRecord
        do {
            record = try IndexRecord(reading: path)
        } catch {
            // Nobody knows its name; its folder's has to do.
            let name = path.split(separator: "/").last.map(String.init) ?? path
            let placeholder = IndexRecord(
                IndexMetadata(name: name, settings: IndexSettings(), mapping: Mapping(), uuid: name), path: path)
            addDamaged(placeholder, error)
            return
        }
        do {
            try indices.add(IndexSlot(record, .closed))
        } catch {
            let metadata = IndexMetadata(
                name: path.split(separator: "/").last.map(String.init) ?? path, settings: record.metadata.settings,
                mapping: record.metadata.mapping, uuid: record.metadata.uuid, creationDate: record.metadata.creationDate)
            addDamaged(IndexRecord(metadata, path: path), error)
            return
        }
        if !record.metadata.isClosed { recover(record) }
    }

    private func addDamaged(_ record: IndexRecord, _ error: any Error) {
        let reason = "\(error)"
        log.error("Index [\(record.metadata.name)] cannot be opened", metadata: ["error": "\(reason)"])
        try? indices.add(IndexSlot(record, .damaged(reason: reason)))
    }

    /// Opens the shards of an index in the background.
    func recover(_ record: IndexRecord) {
        let (gate, open) = AsyncStream<Void>.makeStream()
        let task = Task { [self] in
            // The table shall know of the recovery before it can end.
            for await _ in gate {}
            let next: IndexSlot.State
            do {
                next = .ready(try await Index(opening: record, log: log))
            } catch {
                log.error("Index [\(record.metadata.name)] cannot be opened", metadata: ["error": "\(error)"])
                next = .damaged(reason: "\(error)")
            }
            let isTaken = indices.move(record, to: next) { if case .recovering = $0 { true } else { false } }
            if !isTaken, case .ready(let index) = next { await index.close() }
        }
        indices.move(record, to: .recovering(task))
        open.finish()
    }

    /// Whether an index is being opened.
    public var isRecovering: Bool { indices.isRecovering }

    /// Returns when none of the indices that are meant is recovering, at the latest after `timeout`.
    ///
    /// - Parameter timeout: nil waits as long as it takes.
    public func waitUntilRecovered(_ expression: IndexExpression, upTo timeout: Duration?) async {
        guard indices.isRecovering else { return }
        var expression = expression
        expression.ignoresUnavailable = true
        expression.allowsNone = true
        expression.takesClosed = true
        let recoveries = ((try? slots(expression)) ?? []).compactMap { slot -> Task<Void, Never>? in
            if case .recovering(let task) = slot.state { task } else { nil }
        }
        if recoveries.isEmpty { return }
        let (ended, end) = AsyncStream<Void>.makeStream()
        let waiting = Task {
            for recovery in recoveries { await recovery.value }
            end.finish()
        }
        let timer = timeout.map { timeout in
            Task {
                try? await Task.sleep(for: timeout)
                end.finish()
            }
        }
        for await _ in ended {}
        waiting.cancel()
        timer?.cancel()
    }
}
