public import JSON
internal import Threads

extension IndexRegistry {
    /// - Throws: `IndicesError`: `.rolloverTargetNotAlias`, `.noWriteIndex`, `.noRolloverNumber`, and what making an index throws.
    public func rollOver(
        _ rollover: Rollover, settings: IndexSettings, mapping: JSONValue?, aliases: [String: AliasMetadata]
    ) async throws -> Rollover.Outcome {
        try await aliasChanges.run {
            try await rollOverNow(rollover, settings: settings, mapping: mapping, aliases: aliases)
        }
    }

    private func rollOverNow(
        _ rollover: Rollover, settings: IndexSettings, mapping: JSONValue?, aliases: [String: AliasMetadata]
    ) async throws -> Rollover.Outcome {
        let names = indices.names
        let alias = rollover.alias
        if names.dataStreams[alias] != nil {
            let isPlain = settings.given.isEmpty && mapping == nil && aliases.isEmpty
            return try await rollOver(rollover, stream: alias, isPlain: isPlain)
        }
        guard let members = names.aliases[alias] else { throw IndicesError.rolloverTargetNotAlias(alias) }
        guard let slot = try names.writeTarget(of: alias) else { throw IndicesError.noWriteIndex(alias: alias) }
        let old = try slot.opened()
        guard let newName = rollover.newIndex ?? Rollover.successor(of: old.name) else {
            throw IndicesError.noRolloverNumber(old.name)
        }
        // Refused even where nothing would be done, as Elasticsearch does.
        try IndexName.validate(newName)
        if let taken = names.slots[newName] {
            throw IndicesError.indexAlreadyExists(name: newName, uuid: taken.record.metadata.uuid)
        }
        let statistics = old.statistics(), now = now
        let results = rollover.conditions.map { ($0, rollover.holds($0, for: statistics, now: now)) }
        var outcome = Rollover.Outcome(
            oldIndex: old.name, newIndex: newName, isRolledOver: false, conditions: results.map { ($0.0.text, $0.1) })
        guard !rollover.isDryRun, rollover.isDue(results) else { return outcome }
        // Nothing is made that could not be finished.
        for member in members { try names.slots[member]?.record.metadata.check(.changeMetadata) }
        let metadata = old.metadata.aliases[alias] ?? AliasMetadata()
        var next = metadata
        var actions: [AliasAction] = []
        let new = DocumentID.makeUUID()
        var steps: [AliasIntent.Step] = []
        if metadata.isWriteIndex == true {
            // The old index stays readable through the alias.
            var former = metadata
            former.isWriteIndex = false
            actions.append(.add(indices: [old.name], aliases: [alias], former))
            steps.append(.init(index: old.metadata.uuid, alias: alias, metadata: former))
        } else {
            next.isWriteIndex = nil
            actions.append(.remove(indices: members, aliases: [alias], mustExist: nil))
            steps += members.compactMap { names.slots[$0] }.map { .init(index: $0.record.metadata.uuid, alias: alias, metadata: nil) }
        }
        actions.append(.add(indices: [newName], aliases: [alias], next))
        steps.append(.init(index: new, alias: alias, metadata: next))
        try await carryingOut(AliasIntent(steps: steps, condition: new)) {
            try await createIndex(newName, settings: settings, mapping: Self.mapping(mapping, of: newName), aliases: aliases, uuid: new)
            _ = try await changeAliases(actions)
        }
        outcome.isRolledOver = true
        return outcome
    }
}
