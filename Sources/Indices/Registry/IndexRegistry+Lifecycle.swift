internal import Foundation
internal import JSON
internal import Logging
public import Mapping

extension IndexRegistry {
    /// Makes an index. What templates say of its name lies under what is given.
    ///
    /// - Parameter uuid: one that nothing has; nil: it is made here.
    /// - Throws: `IndicesError.invalidIndexName`, `.indexAlreadyExists`, `.nameIsAlias`, `.mapping`, `.invalidSetting`,
    ///   `.invalidAliasName`, `.invalidAliasFilter`, `.file`.
    @discardableResult
    public func createIndex(
        _ name: String, settings: IndexSettings = IndexSettings(), mapping: Mapping = Mapping(),
        aliases: [String: AliasMetadata] = [:], dataStream: DataStreamMembership? = nil, uuid: String? = nil
    ) async throws -> IndexMetadata {
        let name = try DateMathName.resolved(name, now: now)
        try IndexName.validate(name)
        var settings = settings, mapping = mapping
        var aliases = try self.aliases(named: aliases)
        // Of a data stream it is the stream's name that templates match.
        let named = dataStream?.name ?? name
        if dataStream == nil, let found = cluster.metadata.indexTemplate(for: name), found.template.dataStream != nil {
            throw IndicesError.templateOfDataStreams(index: name, template: found.name)
        }
        let older = cluster.metadata.legacyTemplates(for: named)
        if older.count > 1 { Notices.add(.severalLegacyTemplates(index: name, templates: older)) }
        if let template = cluster.metadata.templateBody(for: named) {
            let own = TemplateBody(settings: settings.given, mappings: mapping.encoded, aliases: aliases)
            let body = template.overlaid(by: own)
            settings = try IndexSettings(body.settings ?? [:])
            mapping = try Self.mapping(body.mappings, of: name)
            aliases = body.aliases ?? [:]
        }
        if name.hasPrefix("."), !settings.isHidden { Notices.add(.dottedName(name)) }
        for key in settings.given.keys where KnownSettings.scope(of: key) == .private { throw IndicesError.privateSetting(key) }
        var new = IndexMetadata(name: name, settings: settings, mapping: mapping, aliases: aliases, uuid: uuid ?? DocumentID.makeUUID())
        new.dataStream = dataStream
        let metadata = try checked(new)
        try await indices.create(metadata) { [directory, log] in
            try await Index(creating: metadata, in: directory.path(ofIndex: metadata.uuid), log: log)
        }
        return metadata
    }

    /// What a new index is to be, once its parts fit together; its mapping is bound to its settings.
    func checked(_ new: IndexMetadata) throws(IndicesError) -> IndexMetadata {
        var new = new
        let settings = new.settings
        try settings.checkForNewIndex()
        try checkAliases(new.aliases, in: new.name, of: new.dataStream?.name)
        do throws(MappingError) {
            new.mapping = try new.mapping.bound(to: settings.mappingEnvironment)
        } catch {
            throw .mapping(error, index: new.name)
        }
        return new
    }

    /// Aliases under the names that date math in theirs means.
    func aliases(named aliases: [String: AliasMetadata]) throws(IndicesError) -> [String: AliasMetadata] {
        var named: [String: AliasMetadata] = [:]
        for (alias, metadata) in aliases { named[try DateMathName.resolved(alias, now: now)] = metadata }
        return named
    }

    /// Whether a new index can have these aliases.
    ///
    /// - Parameter stream: the data stream that the index is to be of: its indices are one where an alias wants one to write to.
    func checkAliases(_ aliases: [String: AliasMetadata], in index: String, of stream: String?) throws(IndicesError) {
        for (alias, metadata) in aliases {
            try IndexName.validateAlias(alias)
            try checkFilter(of: alias, metadata)
        }
        try checkWriteIndex(of: aliases, in: index, of: stream)
    }

    private func checkWriteIndex(of aliases: [String: AliasMetadata], in index: String, of stream: String?) throws(IndicesError) {
        let names = indices.names
        for (alias, metadata) in aliases where metadata.isWriteIndex == true {
            let others = (names.aliases[alias] ?? []).filter { other in
                guard let found = names[other]?.record.metadata, found.aliases[alias]?.isWriteIndex == true else { return false }
                return stream == nil || found.dataStream?.name != stream
            }
            if !others.isEmpty { throw .severalWriteIndices(alias: alias, indices: (others + [index]).sorted()) }
        }
    }

    /// - Throws: `IndicesError.indexNotFound`, `.wildcardsNotAllowed`, `.aliasesNotExpected`, `.blocked`; nothing is deleted
    ///   then. `.file`.
    public func deleteIndices(_ expression: IndexExpression) async throws {
        var expression = expression
        (expression.takesAliases, expression.takesDataStreams) = (false, false)
        expression.takesClosed = true
        let slots = try slots(expression)
        for slot in slots { try checkDeletion(of: slot) }
        for slot in slots { try await delete(slot) }
    }

    /// - Throws: `IndicesError.blocked`, `.writeIndexOfDataStream`.
    func checkDeletion(of slot: IndexSlot) throws(IndicesError) {
        try slot.record.metadata.check(.delete)
        if let stream = stream(writingTo: slot) { throw .writeIndexOfDataStream(index: slot.name, stream: stream) }
    }

    /// The data stream whose documents go to an index; nil: none.
    private func stream(writingTo slot: IndexSlot) -> String? {
        guard let stream = slot.record.metadata.dataStream?.name else { return nil }
        return indices.names.dataStreams[stream]?.last == slot.name ? stream : nil
    }

    /// Takes an index away, with its files.
    func delete(_ slot: IndexSlot) async throws {
        if case .recovering(let recovery) = slot.state { await recovery.value }
        guard let current = indices.names[slot.name], current.record === slot.record else {
            throw IndicesError.indexNotFound(slot.name)
        }
        try await indices.delete(current)
        guard let index = current.index else { return await Index.removeFiles(of: slot.record, log: log) }
        contexts.closeAll(of: index)
        await index.discard()
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
    /// - Throws: `IndicesError.indexNotFound`, `.blocked`, `.writeIndicesOfDataStreams`, `.file`.
    public func closeIndices(_ expression: IndexExpression) async throws -> [String] {
        var expression = expression
        expression.takesDataStreams = false
        let slots = try slots(expression)
        for slot in slots { try slot.record.metadata.check(.changeMetadata) }
        let writing = slots.filter { stream(writingTo: $0) != nil }.map(\.name)
        if !writing.isEmpty { throw IndicesError.writeIndicesOfDataStreams(writing.sorted()) }
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
}
