internal import JSON
internal import Mapping
internal import Threads

extension IndexRegistry {
    /// Carries out all steps as one change, or none if it throws.
    ///
    /// - Returns: for each action the aliases that it should have removed and did not find.
    /// - Throws: `IndicesError`: `.indexNotFound`, `.aliasesMissing` if nothing at all was found to remove, `.aliasRequired`,
    ///   `.invalidAliasName`, `.aliasIsIndex`, `.severalWriteIndices`, `.invalidAliasFilter`, `.blocked`, `.file`.
    @discardableResult
    public func updateAliases(_ actions: [AliasAction]) async throws -> [[String]] {
        try await aliasChanges.run { try await changeAliases(actions) }
    }

    /// - Precondition: the caller is the only one that changes aliases now.
    func changeAliases(_ actions: [AliasAction]) async throws -> [[String]] {
        var change = AliasChange(names: indices.names)
        var removed: [IndexSlot] = []
        for case .removeIndex(let patterns) in actions {
            removed += try removalTargets(patterns, change.names)
        }
        var missing: [[String]] = []
        var isExcused = false
        for action in actions {
            var notFound: [String] = []
            switch action {
            case .removeIndex: break
            case .add(let patterns, let added, let metadata):
                for alias in added {
                    try IndexName.validateAlias(alias)
                    let isIndex = change.names[alias] != nil && !removed.contains { $0.name == alias }
                    if isIndex || change.names.dataStreams[alias] != nil { throw IndicesError.aliasIsIndex(alias) }
                    try checkFilter(of: alias, metadata)
                }
                for index in try aliasTargets(patterns, change.names) { change.add(added, metadata, to: index) }
            case .remove(let patterns, let removals, let mustExist):
                notFound = change.remove(removals, from: try aliasTargets(patterns, change.names))
                if mustExist == true, let alias = notFound.first { throw IndicesError.requiredAliasMissing(alias) }
                if mustExist == false, !notFound.isEmpty { isExcused = true }
            }
            missing.append(notFound)
        }
        if !actions.isEmpty, !isExcused, missing.allSatisfy({ !$0.isEmpty }) { throw IndicesError.aliasesMissing(missing.flatMap { $0 }) }
        let changes = change.changes.filter { index, _ in !removed.contains { $0.name == index } }
        try checkAgreement(changes, change.names)
        for (index, aliases) in changes {
            if change.names[index]?.record.metadata.aliases != aliases { try change.names[index]?.record.metadata.check(.changeMetadata) }
        }
        let intent = AliasIntent(steps: change.steps(of: changes), removed: removed.map(\.record.metadata.uuid))
        try await carryingOut(intent) {
            try write(changes, change.names)
            indices.collectAliases()
            for slot in removed { try await delete(slot) }
        }
        return missing
    }

    /// Says in the cluster's file what is to be done until it is done, or is known to have failed.
    ///
    /// - Throws: `IndicesError.file`, and what `body` throws.
    func carryingOut(_ intent: AliasIntent, _ body: () async throws -> Void) async throws {
        // One that could not be taken away must not come back over what is changed now.
        let isRecorded = intent.needsRecord || cluster.metadata.aliasIntent != nil
        if isRecorded { try cluster.change { (metadata) throws(IndicesError) in metadata.aliasIntent = intent } }
        // A start would do again what has been done: that it stays is no error.
        defer { if isRecorded { try? cluster.change { (metadata) throws(IndicesError) in metadata.aliasIntent = nil } } }
        try await body()
    }

    /// Each index has its own file: where one cannot be written, those before it are as they were again.
    private func write(_ changes: [String: [String: AliasMetadata]], _ names: IndexNames) throws(IndicesError) {
        var former: [(record: IndexRecord, aliases: [String: AliasMetadata])] = []
        for (index, aliases) in changes.sorted(by: { $0.key < $1.key }) {
            guard let record = names[index]?.record else { continue }
            let before = record.metadata.aliases
            do {
                try record.change { (metadata) throws(IndicesError) in metadata.aliases = aliases }
                former.append((record, before))
            } catch {
                for (record, aliases) in former.reversed() {
                    _ = try? record.change { (metadata) throws(IndicesError) in metadata.aliases = aliases }
                }
                throw error
            }
        }
    }

    private func removalTargets(_ patterns: [String], _ names: IndexNames) throws(IndicesError) -> [IndexSlot] {
        var expression = IndexExpression(patterns, allowsNone: false, expansion: [.open, .closed], takesClosed: true, takesAliases: false)
        expression.takesDataStreams = false
        let slots = try expression.resolve(among: names, now: now).compactMap { names[$0] }
        for slot in slots { try checkDeletion(of: slot) }
        return slots
    }

    private func aliasTargets(_ patterns: [String], _ names: IndexNames) throws(IndicesError) -> [String] {
        try IndexExpression(patterns, allowsNone: false, expansion: [.open, .closed], takesClosed: true, takesAliases: false)
            .resolve(among: names, now: now).flatMap { names.dataStreams[$0] ?? [$0] }
    }

    /// At most one index of an alias takes its writes, and it is hidden for all of them or for none.
    private func checkAgreement(_ changes: [String: [String: AliasMetadata]], _ names: IndexNames) throws(IndicesError) {
        var writers: [String: [String]] = [:]
        for (index, slot) in names.slots {
            for (alias, metadata) in changes[index] ?? slot.record.metadata.aliases where metadata.isWriteIndex == true {
                let owner = slot.record.metadata.dataStream?.name ?? index
                if writers[alias]?.contains(owner) != true { writers[alias, default: []].append(owner) }
            }
        }
        if let (alias, indices) = writers.first(where: { $0.value.count > 1 }) {
            throw .severalWriteIndices(alias: alias, indices: indices.sorted())
        }
        let changed = Set(changes.values.flatMap(\.keys))
        for alias in changed.sorted() {
            let members = names.slots.compactMap { index, slot in
                (changes[index] ?? slot.record.metadata.aliases)[alias].map { (index: index, isHidden: $0.isHidden == true) }
            }
            let hidden = members.filter(\.isHidden).map(\.index).sorted()
            if hidden.isEmpty || hidden.count == members.count { continue }
            throw .aliasHiddenInPart(
                alias: alias, hidden: hidden, visible: members.filter { !$0.isHidden }.map(\.index).sorted())
        }
    }

    /// - Throws: `IndicesError.invalidAliasFilter`.
    func checkFilter(of alias: String, _ metadata: AliasMetadata) throws(IndicesError) {
        guard let filter = metadata.filter else { return }
        do {
            _ = try readQuery(filter)
        } catch {
            throw .invalidAliasFilter(alias: alias, cause: error)
        }
    }

    /// The aliases of the indices that an expression means, by index.
    ///
    /// - Parameter patterns: names and patterns of aliases, exclusions after a pattern; empty means all.
    /// - Returns: `missing`: names without a pattern that no index has.
    public func aliases(
        _ patterns: [String], of expression: IndexExpression, keepsIndicesWithout: Bool
    ) throws(IndicesError) -> (found: [(index: String, aliases: [String: AliasMetadata])], missing: [String]) {
        var metadata = try metadata(expression)
        // Without a name of an index, patterns of states say which are looked at.
        if expression.isAll {
            metadata.removeAll { !expression.expansion.contains($0.isClosed ? .closed : .open) }
        }
        let isAll = patterns.isEmpty || patterns == ["_all"] || patterns == ["*"]
        var found: [(index: String, aliases: [String: AliasMetadata])] = []
        for index in metadata {
            let chosen = isAll ? index.aliases : index.aliases.filter { Self.matches($0.key, patterns) }
            // Those of an index of a data stream are the stream's.
            let stream = index.dataStream?.name
            if stream == nil ? !chosen.isEmpty || keepsIndicesWithout : keepsIndicesWithout {
                found.append((index.name, stream == nil ? chosen : [:]))
            }
            if let stream, !chosen.isEmpty, !found.contains(where: { $0.index == stream }) { found.append((stream, chosen)) }
        }
        let missing = isAll ? [] : patterns.filter { pattern in
            !pattern.contains("*") && !pattern.hasPrefix("-") && pattern != "_all"
                && !metadata.contains { $0.aliases[pattern] != nil }
        }
        return (found, missing)
    }

    private static func matches(_ name: String, _ patterns: [String]) -> Bool {
        var isMatched = false
        var sawPattern = false
        for pattern in patterns {
            if sawPattern, pattern.hasPrefix("-") {
                if WildcardPattern(String(pattern.dropFirst())).matches(name) { isMatched = false }
            } else {
                if pattern.contains("*") { sawPattern = true }
                if WildcardPattern(pattern == "_all" ? "*" : pattern).matches(name) { isMatched = true }
            }
        }
        return isMatched
    }
}
