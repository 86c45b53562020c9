internal import Analysis
internal import JSON
internal import Mapping

extension IndexRegistry {
    /// Makes a data stream with its first index, of the template that matches its name.
    ///
    /// - Throws: `IndicesError`: `.dataStreamExists`, `.noDataStreamTemplate`, `.invalidIndexName`, and what making an index throws.
    public func createDataStream(_ name: String) async throws {
        do throws(IndicesError) {
            try IndexName.validate(name)
        } catch .invalidIndexName(_, let reason) {
            throw IndicesError.invalidDataStreamName(name, reason: reason)
        }
        if name.hasPrefix(".ds-") { throw IndicesError.invalidDataStreamName(name, reason: "must not start with '.ds-'") }
        let names = indices.names
        if names.dataStreams[name] != nil { throw IndicesError.dataStreamExists(name) }
        if names.aliases[name] != nil { throw IndicesError.nameIsAlias(name) }
        if let slot = names.slots[name] { throw IndicesError.indexAlreadyExists(name: name, uuid: slot.record.metadata.uuid) }
        let first = DataStreamMembership.indexName(of: name, generation: 1, now: now)
        do {
            try await addIndex(first, to: name, generation: 1)
        } catch let error as IndicesError {
            guard case .indexAlreadyExists = error else { throw error }
            await indices.settle(first)
            // Another request was faster; or the index is one that no data stream has.
            throw indices.names.dataStreams[name] == nil ? error : .dataStreamExists(name)
        }
    }

    /// - Parameter patterns: names and patterns; empty: all that are not hidden.
    /// - Throws: `IndicesError.indexNotFound`.
    public func dataStreams(_ patterns: [String], showsHidden: Bool = false) throws(IndicesError) -> [DataStream] {
        let names = indices.names
        var chosen: Set<String> = []
        for pattern in patterns.isEmpty ? ["*"] : patterns {
            if names.dataStreams[pattern] != nil {
                chosen.insert(pattern)
            } else if pattern.contains("*") || pattern == "_all" {
                let wildcard = WildcardPattern(pattern == "_all" ? "*" : pattern)
                chosen.formUnion(names.dataStreams.keys.filter { wildcard.matches($0) && (showsHidden || !names.isHiddenStream($0)) })
            } else {
                throw .indexNotFound(pattern)
            }
        }
        return try chosen.sorted().map { name throws(IndicesError) in
            let members = try (names.dataStreams[name] ?? []).map { index throws(IndicesError) in
                try statistics(IndexExpression([index], ignoresUnavailable: true, takesClosed: true))
            }.flatMap(\.self)
            let template = cluster.metadata.indexTemplate(for: name)
            return DataStream(
                name: name, indices: members, options: members.last?.metadata.dataStream?.options ?? DataStreamOptions(),
                template: template?.template.dataStream == nil ? nil : template?.name)
        }
    }

    /// Takes data streams away, with all their documents.
    ///
    /// - Throws: `IndicesError`: `.indexNotFound`, `.blocked`, `.file`.
    public func deleteDataStreams(_ patterns: [String], takesHidden: Bool = false) async throws {
        let streams = try dataStreams(patterns, showsHidden: takesHidden)
        let slots = streams.flatMap { indices.names.dataStreams[$0.name] ?? [] }.compactMap { indices.names[$0] }
        for slot in slots { try slot.record.metadata.check(.delete) }
        for slot in slots { try await delete(slot) }
    }

    /// - Throws: as `rollOver`, and `IndicesError.dataStreamRollover` for what only aliases may have.
    func rollOver(_ rollover: Rollover, stream: String, isPlain: Bool) async throws -> Rollover.Outcome {
        if rollover.newIndex != nil { throw IndicesError.dataStreamRollover(names: true) }
        if !isPlain { throw IndicesError.dataStreamRollover(names: false) }
        guard let slot = try indices.names.writeTarget(of: stream) else { throw IndicesError.indexNotFound(stream) }
        let old = try slot.opened()
        let generation = (old.metadata.dataStream?.generation ?? 0) + 1
        let newName = DataStreamMembership.indexName(of: stream, generation: generation, now: now)
        let statistics = old.statistics(), now = now
        let results = rollover.conditions.map { ($0, rollover.holds($0, for: statistics, now: now)) }
        var outcome = Rollover.Outcome(
            oldIndex: old.name, newIndex: newName, isRolledOver: false, conditions: results.map { ($0.0.text, $0.1) })
        guard !rollover.isDryRun, rollover.isDue(results) else { return outcome }
        try await addIndex(newName, to: stream, generation: generation, aliases: old.metadata.aliases)
        outcome.isRolledOver = true
        return outcome
    }

    private func addIndex(
        _ index: String, to stream: String, generation: Int, aliases: [String: AliasMetadata] = [:]
    ) async throws {
        guard let found = cluster.metadata.indexTemplate(for: stream) else {
            throw IndicesError.noDataStreamTemplate(stream: stream, template: nil)
        }
        guard let options = found.template.dataStream else {
            throw IndicesError.noDataStreamTemplate(stream: stream, template: found.name)
        }
        let body = cluster.metadata.templateBody(for: stream)
        let field = DataStreamMembership.timestampField
        let mapped = try Self.mapping(body?.mappings, of: stream).field(field)
        if let mapped, !["date", "date_nanos"].contains(mapped.type.name) {
            throw IndicesError.timestampType(mapped.type.name)
        }
        let own: JSONValue = mapped == nil ? ["properties": .object([field: ["type": "date"]])] : [:]
        try await createIndex(
            index, settings: try IndexSettings(["index.hidden": "true"]), mapping: try Self.mapping(own, of: stream), aliases: aliases,
            dataStream: DataStreamMembership(name: stream, generation: generation, options: options))
    }
}

extension IndexNames {
    func isHiddenStream(_ name: String) -> Bool {
        dataStreams[name]?.last.flatMap { slots[$0]?.record.metadata.dataStream?.options.isHidden } ?? false
    }
}
