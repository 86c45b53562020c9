internal import Foundation
internal import JSON
internal import Logging
public import Mapping

extension IndexRegistry {
    /// Makes an index. What templates say of its name lies under what is given.
    ///
    /// - Throws: `IndicesError.invalidIndexName`, `.indexAlreadyExists`, `.nameIsAlias`, `.mapping`, `.invalidSetting`,
    ///   `.invalidAliasName`, `.invalidAliasFilter`, `.file`.
    @discardableResult
    public func createIndex(
        _ name: String, settings: IndexSettings = IndexSettings(), mapping: Mapping = Mapping(),
        aliases: [String: AliasMetadata] = [:]
    ) async throws -> IndexMetadata {
        let name = try DateMathName.resolved(name, now: now)
        try IndexName.validate(name)
        var settings = settings, mapping = mapping, aliases = aliases
        if let template = cluster.metadata.templateBody(for: name) {
            let own = TemplateBody(settings: settings.given, mappings: mapping.encoded, aliases: aliases)
            let body = template.overlaid(by: own)
            settings = try IndexSettings(body.settings ?? [:])
            mapping = try Self.mapping(body.mappings, of: name)
            aliases = body.aliases ?? [:]
        }
        for key in settings.given.keys where KnownSettings.scope(of: key) == .private { throw IndicesError.privateSetting(key) }
        for (alias, metadata) in aliases {
            try IndexName.validateAlias(alias)
            try checkFilter(of: alias, metadata)
        }
        try checkWriteIndex(of: aliases, in: name)
        let metadata = IndexMetadata(name: name, settings: settings, mapping: mapping, aliases: aliases)
        try await indices.create(metadata) { [directory, log] in
            try await Index(creating: metadata, in: directory.path(ofIndex: metadata.uuid), log: log)
        }
        return metadata
    }

    private func checkWriteIndex(of aliases: [String: AliasMetadata], in index: String) throws(IndicesError) {
        let names = indices.names
        for (alias, metadata) in aliases where metadata.isWriteIndex == true {
            let others = (names.aliases[alias] ?? []).filter { names[$0]?.record.metadata.aliases[alias]?.isWriteIndex == true }
            if !others.isEmpty { throw .severalWriteIndices(alias: alias, indices: (others + [index]).sorted()) }
        }
    }

    /// - Throws: `IndicesError.indexNotFound`, `.wildcardsNotAllowed`, `.aliasesNotExpected`, `.blocked`; nothing is deleted
    ///   then. `.file`.
    public func deleteIndices(_ expression: IndexExpression) async throws {
        var expression = expression
        expression.takesAliases = false
        expression.takesClosed = true
        let slots = try slots(expression)
        for slot in slots { try slot.record.metadata.check(.delete) }
        for slot in slots { try await delete(slot) }
    }

    /// Takes an index away, with its files.
    func delete(_ slot: IndexSlot) async throws {
        if case .recovering(let recovery) = slot.state { await recovery.value }
        guard let current = indices.names[slot.name], current.record === slot.record else {
            throw IndicesError.indexNotFound(slot.name)
        }
        try await indices.delete(current)
        if let index = current.index { await index.discard() } else { await Index.removeFiles(of: slot.record, log: log) }
    }

    /// - Throws: `IndicesError.wildcardsNotAllowed` for patterns, where the cluster's settings want names.
    public func checkNamed(_ expression: IndexExpression) throws(IndicesError) {
        guard cluster.setting(ClusterSettings.destructionRequiresName) != "false" else { return }
        if expression.patterns.isEmpty || expression.patterns.contains(where: { $0 == "_all" || $0.contains("*") }) {
            throw .wildcardsNotAllowed
        }
    }

    /// Whether every name exists.
    public func exists(_ expression: IndexExpression) -> Bool {
        (try? slots(expression)) != nil
    }

    // MARK: Closing and opening

    /// Closes the shards of indices, and remembers it.
    ///
    /// - Returns: the names of those that were open.
    /// - Throws: `IndicesError.indexNotFound`, `.blocked`, `.file`.
    public func closeIndices(_ expression: IndexExpression) async throws -> [String] {
        let slots = try slots(expression)
        for slot in slots { try slot.record.metadata.check(.changeMetadata) }
        var closed: [String] = []
        for slot in slots {
            if case .recovering(let recovery) = slot.state { await recovery.value }
            guard !slot.record.metadata.isClosed else { continue }
            try slot.record.change { (metadata) throws(IndicesError) in metadata.isClosed = true }
            let current = indices.names[slot.name]
            guard indices.move(slot.record, to: .closed) else { continue }
            await current?.index?.close()
            closed.append(slot.name)
        }
        return closed
    }

    /// Opens closed indices; returns when their shards are open.
    ///
    /// - Throws: `IndicesError.indexNotFound`, `.blocked`, `.file`.
    public func openIndices(_ expression: IndexExpression) async throws {
        let slots = try slots(expression)
        for slot in slots { try slot.record.metadata.check(.changeMetadata) }
        for slot in slots where slot.record.metadata.isClosed {
            try slot.record.change { (metadata) throws(IndicesError) in metadata.isClosed = false }
            recover(slot.record)
        }
        await waitUntilRecovered(IndexExpression(slots.map(\.name), ignoresUnavailable: true), upTo: .seconds(60))
    }

    // MARK: Recovery

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
    private func recover(_ record: IndexRecord) {
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
