internal import Analysis
public import JSON
public import Mapping

extension IndexRegistry {
    /// The indices that are meant, closed ones too where the expression takes them, by name.
    ///
    /// - Throws: `IndicesError`: `.indexNotFound`, `.indexClosed`, `.blocked`.
    public func metadata(_ expression: IndexExpression) throws(IndicesError) -> [IndexMetadata] {
        var found: [IndexMetadata] = []
        for slot in try slots(expression) {
            let metadata = slot.record.metadata
            try metadata.check(.readMetadata)
            found.append(metadata)
        }
        return found.sorted { $0.name < $1.name }
    }

    /// Merges `mapping` into each index's.
    ///
    /// - Parameter onlyWriteIndices: of an alias of several indices, only the one that takes its writes.
    /// - Throws: `IndicesError.indexNotFound`, `.mapping`, `.noWriteIndex`, `.blocked`.
    public func putMapping(
        _ mapping: Mapping, on expression: IndexExpression, onlyWriteIndices: Bool = false
    ) throws(IndicesError) {
        var targets: [IndexSlot] = []
        if onlyWriteIndices {
            let names = indices.names
            for name in try expression.resolve(among: names, now: now) {
                guard let target = try names.writeTarget(of: name) else { throw .indexNotFound(name) }
                targets.append(target)
            }
        } else {
            targets = try slots(expression)
        }
        for slot in targets {
            try slot.record.metadata.check(.changeMetadata)
            try slot.record.checkMerging(mapping)
        }
        for slot in targets { try slot.record.mergeMapping(mapping) }
    }

    /// Changes settings of each index, or of none if one refuses.
    ///
    /// - Parameters:
    ///   - preservingExisting: settings that have a value keep it.
    ///   - reopening: closes open indices for as long as it takes to change settings that are fixed while they are open.
    /// - Throws: `IndicesError`: `.indexNotFound`, and what `IndexSettings.changed` throws.
    public func changeSettings(
        _ change: SettingsChange, of expression: IndexExpression, preservingExisting: Bool = false, reopening: Bool = false
    ) async throws {
        let slots = try slots(expression)
        let changed = { (metadata: IndexMetadata) throws(IndicesError) -> IndexSettings in
            try metadata.settings.changed(
                by: change, preservingExisting: preservingExisting, isOpen: !metadata.isClosed && !reopening,
                index: metadata.name, uuid: metadata.uuid)
        }
        // A block may always be taken away.
        let concernsBlocks = change.values.keys.allSatisfy { IndexBlock(key: $0) != nil }
        for slot in slots {
            let metadata = slot.record.metadata
            if !concernsBlocks { try metadata.check(.changeMetadata) }
            _ = try changed(metadata)
        }
        for slot in slots {
            let metadata = try slot.record.change { (metadata) throws(IndicesError) in
                metadata.settings = try changed(metadata)
                do throws(MappingError) {
                    metadata.mapping = try metadata.mapping.bound(
                        to: metadata.settings.mappingEnvironment, checksLimits: false)
                } catch {
                    throw .mapping(error, index: metadata.name)
                }
            }
            indices.names[slot.name]?.index?.apply(metadata.settings)
        }
        if change.values.keys.contains("index.hidden") { indices.collectAliases() }
    }

    /// Sets one of the blocks.
    ///
    /// - Returns: the names of the indices.
    public func addBlock(_ block: IndexBlock, to expression: IndexExpression) async throws -> [String] {
        try await changeBlock(block, "true", of: expression)
    }

    /// Takes one of the blocks away.
    public func removeBlock(_ block: IndexBlock, from expression: IndexExpression) async throws -> [String] {
        try await changeBlock(block, nil, of: expression)
    }

    private func changeBlock(_ block: IndexBlock, _ value: String?, of expression: IndexExpression) async throws -> [String] {
        let names = try slots(expression).map(\.name)
        try await changeSettings(SettingsChange([block.key: value.map { .string($0) }]), of: expression)
        return names
    }

    // MARK: Counts

    /// - Throws: `IndicesError`: `.indexNotFound`, `.indexClosed`.
    public func statistics(_ expression: IndexExpression) throws(IndicesError) -> [IndexStatistics] {
        var found: [IndexStatistics] = []
        for slot in try slots(expression) {
            switch slot.state {
            case .ready(let index): found.append(index.statistics())
            case .closed: found.append(IndexStatistics(slot.record.metadata, state: .closed))
            case .recovering: found.append(IndexStatistics(slot.record.metadata, state: .recovering))
            case .damaged: found.append(IndexStatistics(slot.record.metadata, state: .damaged))
            }
        }
        return found.sorted { $0.name < $1.name }
    }

    /// - Throws: `IndicesError.indexNotFound`.
    public func health(_ expression: IndexExpression = .everything) throws(IndicesError) -> ClusterHealth {
        var expression = expression
        expression.takesClosed = true
        return ClusterHealth(clusterName: "clipsearch", indices: try statistics(expression))
    }

    /// What the names of an expression are: indices, and aliases and data streams with theirs.
    ///
    /// - Throws: `IndicesError.indexNotFound`.
    public func resolveNames(
        _ expression: IndexExpression
    ) throws(IndicesError) -> ResolvedNames {
        let names = indices.names
        var found = ResolvedNames()
        for name in try expression.resolve(among: names, now: now) {
            if let slot = names[name] { found.indices.append(slot.record.metadata) }
            if let indices = names.dataStreams[name] {
                found.dataStreams.append((name, indices))
            } else if let indices = names.aliases[name] {
                var owners: [String] = []
                for owner in indices.map({ names[$0]?.record.metadata.dataStream?.name ?? $0 }) where !owners.contains(owner) { owners.append(owner) }
                found.aliases.append((name, owners))
            }
        }
        found.indices.sort { $0.name < $1.name }
        found.aliases.sort { $0.name < $1.name }
        found.dataStreams.sort { $0.name < $1.name }
        return found
    }

    /// The shards that a search would go to, with the filtered aliases that lead there and their joined filter.
    public func searchedShards(
        _ expression: IndexExpression, routing: String?
    ) throws -> [(index: IndexStatistics, shards: Set<Int>?, aliases: [String], filter: JSONValue?)] {
        let written = Set(try expression.resolve(among: indices.names, now: now))
        return try searchable(expression, routing: routing).indices.map { searched in
            let metadata = searched.index.metadata
            let aliases = searched.filter == nil ? [:] : metadata.aliases.filter { written.contains($0.key) && $0.value.filter != nil }
            let filters = aliases.sorted { $0.key < $1.key }.compactMap(\.value.filter)
            let filter = filters.count > 1 ? ["bool": ["should": .array(filters)]] : filters.first
            return (searched.index.statistics(), searched.shards, aliases.keys.sorted(), filter)
        }
    }
}

/// Names, by what they are of.
public struct ResolvedNames: Sendable {
    public var indices: [IndexMetadata] = []
    public var aliases: [(name: String, indices: [String])] = []
    public var dataStreams: [(name: String, indices: [String])] = []
}
