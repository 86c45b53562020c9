internal import Foundation
internal import Mapping
internal import Query

/// An index that a search goes to, with what the names say by which it was found.
struct SearchedIndex: Sendable {
    let index: Index
    /// The filters of the aliases that led here, joined; nil: all documents.
    let filter: Query?
    /// The numbers of the shards that can hold what is searched for; nil: all.
    let shards: Set<Int>?
}

extension IndexRegistry {
    /// The indices that are meant, in the order in which names and patterns found them.
    ///
    /// A closed one is left out where patterns or aliases found it, and where the unavailable is ignored.
    ///
    /// - Throws: `IndicesError`: what `IndexExpression.resolve` throws, `.indexClosed`.
    func slots(_ expression: IndexExpression) throws(IndicesError) -> [IndexSlot] {
        let names = indices.names
        var found: [IndexSlot] = []
        var known: Set<String> = []
        for name in try expression.resolve(among: names, now: now) {
            for index in names[name] == nil ? names.aliases[name] ?? [] : [name] where known.insert(index).inserted {
                guard let slot = names[index] else { continue }
                let metadata = slot.record.metadata
                if metadata.isClosed, !expression.takesClosed {
                    // Patterns find closed ones only where the request wants them.
                    let isWanted = expression.expansion.contains(.closed) || expression.patterns.contains(name)
                    if expression.ignoresUnavailable || !isWanted { continue }
                    throw .indexClosed(name: index, uuid: metadata.uuid)
                }
                found.append(slot)
            }
        }
        return found
    }

    /// The indices that a search goes to, with the filters and routings of the aliases that led there.
    ///
    /// - Parameter routing: the request's own, comma-separated.
    func searchable(
        _ expression: IndexExpression, routing: String?, allowsPartial: Bool = true
    ) throws -> (indices: [SearchedIndex], unavailable: [ShardCounts.Unavailable]) {
        let names = indices.names
        let written = Set(try expression.resolve(among: names, now: now))
        let all = try slots(expression)
        for slot in all { try slot.record.metadata.check(.read) }
        let (available, unavailable) = try available(all, allowsPartial: allowsPartial)
        let searched = try available.map { slot in
            let metadata = slot.record.metadata
            let index = try slot.opened()
            // An index that its own name leads to is searched whole.
            let aliases = written.contains(index.name) ? [] : metadata.aliases.filter { written.contains($0.key) }.map(\.value)
            return SearchedIndex(
                index: index, filter: try filter(of: aliases), shards: shards(of: index, routing: routing, aliases))
        }
        return (searched, unavailable)
    }

    /// The slots that are open, and the shards of the others.
    ///
    /// - Throws: `IndicesError.indexUnavailable` if none is open, or not all where parts are not allowed.
    func available(
        _ slots: [IndexSlot], allowsPartial: Bool = true
    ) throws(IndicesError) -> (open: [IndexSlot], unavailable: [ShardCounts.Unavailable]) {
        let closed = slots.filter { $0.index == nil }
        guard let first = closed.first else { return (slots, []) }
        let open = slots.filter { $0.index != nil }
        if open.isEmpty || !allowsPartial { _ = try first.opened() }
        let unavailable = closed.flatMap { slot in
            (0..<slot.record.metadata.settings.numberOfShards).map { ShardCounts.Unavailable(index: slot.name, shard: $0) }
        }
        return (open, unavailable)
    }

    private func filter(of aliases: [AliasMetadata]) throws -> Query? {
        if aliases.isEmpty || aliases.contains(where: { $0.filter == nil }) { return nil }
        let filters = try aliases.compactMap { try $0.filter.map(readQuery) }
        return filters.count == 1 ? filters[0] : Query(.bool(BoolQuery(should: filters)))
    }

    private func shards(of index: Index, routing: String?, _ aliases: [AliasMetadata]) -> Set<Int>? {
        var values = routing.map { Set($0.split(separator: ",").map(String.init)) }
        let routed = aliases.compactMap { $0.searchRouting }.map { Set($0.split(separator: ",").map(String.init)) }
        if !aliases.isEmpty, routed.count == aliases.count {
            let ofAliases = routed.reduce(into: Set<String>()) { $0.formUnion($1) }
            values = values.map { $0.intersection(ofAliases) } ?? ofAliases
        }
        return values.map { values in Set(values.map { ShardRouting.shard(for: $0, of: index.shards.count) }) }
    }

    /// The one index that a name means for an operation on a single document.
    ///
    /// - Throws: `IndicesError`: `.indexNotFound`, `.aliasOfSeveral`, `.indexClosed`, `.indexUnavailable`, `.blocked`.
    func single(_ name: String, for action: IndexBlock.Action) throws(IndicesError) -> Index {
        let slot = try indices.names.single(try DateMathName.resolved(name, now: now))
        try slot.record.metadata.check(action)
        return try slot.opened()
    }

    /// Whether a name is not that of an alias, be there an index of it or not.
    func isNotAlias(_ name: String) -> Bool {
        let names = indices.names
        return names.aliases[name] == nil || names.dataStreams[name] != nil
    }

    /// The index that writes to a name go to; it is made if there is none.
    func index(toWrite name: String, for operations: [WriteOperation]) async throws -> Index {
        let name = try DateMathName.resolved(name, now: now)
        if indices.names.slots[name] == nil, indices.names.aliases[name] == nil {
            try await make(name, for: operations)
        }
        await waitUntilRecovered(IndexExpression([name], ignoresUnavailable: true), upTo: .seconds(60))
        guard let slot = try indices.names.writeTarget(of: name) else { throw IndicesError.indexNotFound(name) }
        try slot.record.metadata.check(.write)
        return try slot.opened()
    }

    /// Makes an index, or a data stream where the template that matches the name wants one; another writer may be faster.
    private func make(_ name: String, for operations: [WriteOperation]) async throws {
        let isStream =
            cluster.metadata.indexTemplate(for: name)?.template.dataStream != nil
            && operations.contains { $0.action == .create || $0.action == .index }
        guard isStream || operations.contains(where: { $0.createsIndex }) else { throw IndicesError.indexNotFound(name) }
        try checkAutomaticCreation(of: name)
        do {
            if isStream { try await createDataStream(name) } else { try await createIndex(name) }
        } catch IndicesError.indexAlreadyExists where !isStream {
            await indices.settle(name)
        } catch IndicesError.dataStreamExists {
        }
    }

    private func checkAutomaticCreation(of name: String) throws(IndicesError) {
        try IndexName.validate(name)
        let metadata = cluster.metadata
        if let allows = metadata.indexTemplate(for: name)?.template.allowsAutomaticCreation {
            if !allows { throw .automaticCreationRefused(name, setting: "false", isPattern: false) }
            return
        }
        try AutomaticCreation(text: cluster.setting(ClusterSettings.automaticCreation) ?? "true").check(name)
    }

    /// A write with the routing that the alias it was sent to has.
    func routed(_ operation: WriteOperation, in index: Index) throws(IndicesError) -> WriteOperation {
        var operation = operation
        let alias = operation.index
        if let stream = index.metadata.dataStream { try check(operation, to: stream, in: index) }
        operation.index = index.name
        guard let routing = index.metadata.aliases[alias]?.indexRouting else { return operation }
        if let given = operation.routing, given != routing {
            throw .routingOfAlias(alias: alias, indexRouting: routing, routing: given)
        }
        operation.routing = routing
        return operation
    }

    /// Data streams are only added to; what is there can be changed under the name of its index, by who has seen it.
    private func check(_ operation: WriteOperation, to stream: DataStreamMembership, in index: Index) throws(IndicesError) {
        guard operation.index == index.name else {
            guard operation.action == .create else { throw .dataStreamCreatesOnly }
            if let routing = operation.routing, !stream.options.allowsCustomRouting {
                throw .routingOfDataStream(stream: stream.name, routing: routing)
            }
            return
        }
        if operation.action == .create { throw .backingIndexWrite(isCreation: true) }
        if operation.action == .index, operation.ifSequenceNumber == nil { throw .backingIndexWrite(isCreation: false) }
    }
}
