internal import Mapping

/// Everything that a name in a request can mean at one moment: a value, so that a request sees one state throughout.
struct IndexNames: Sendable {
    private(set) var slots: [String: IndexSlot] = [:]
    /// The indices of each data stream, the oldest first.
    private(set) var dataStreams: [String: [String]] = [:]
    /// The indices of each alias, in name order; and of each data stream, which is a name like an alias.
    private(set) var aliases: [String: [String]] = [:]

    /// How many indices are being opened.
    private(set) var recovering = 0

    subscript(name: String) -> IndexSlot? {
        get { slots[name] }
        set {
            let old = slots.updateValueOrRemove(newValue, for: name)
            recovering += (newValue?.isRecovering == true ? 1 : 0) - (old?.isRecovering == true ? 1 : 0)
            if old?.record !== newValue?.record { collectAliases() }
        }
    }

    /// To be called after the aliases of an index have changed.
    ///
    /// - Complexity: O(indices and their aliases).
    mutating func collectAliases() {
        var collected: [String: [String]] = [:]
        for (name, slot) in slots {
            for alias in slot.record.metadata.aliases.keys { collected[alias, default: []].append(name) }
        }
        let members = slots.values.compactMap { slot in slot.record.metadata.dataStream.map { (stream: $0, index: slot.name) } }
        dataStreams = Dictionary(grouping: members) { $0.stream.name }
            .mapValues { $0.sorted { ($0.stream.generation, $0.index) < ($1.stream.generation, $1.index) }.map(\.index) }
        aliases = collected.mapValues { $0.sorted() }.merging(dataStreams) { $1 }
    }

    func contains(_ name: String, takingAliases: Bool, takingStreams: Bool = true) -> Bool {
        slots[name] != nil || (aliases[name] != nil && (dataStreams[name] == nil ? takingAliases : takingStreams))
    }

    /// The indices, aliases and data streams that a pattern matches, in name order.
    func matching(
        _ pattern: String, _ expansion: WildcardExpansion, takingAliases: Bool, takingStreams: Bool = true
    ) -> [String] {
        let wildcard = WildcardPattern(pattern)
        // A pattern that begins with a dot asks for hidden names that do too.
        let takesHidden = { (name: String) in expansion.contains(.hidden) || (pattern.hasPrefix(".") && name.hasPrefix(".")) }
        var found = slots.filter { name, slot in
            guard wildcard.matches(name) else { return false }
            let metadata = slot.record.metadata
            return (!metadata.settings.isHidden || takesHidden(name))
                && expansion.contains(metadata.isClosed ? .closed : .open)
        }.map(\.key)
        if takingAliases || takingStreams, !aliases.isEmpty {
            found += aliases.filter { alias, indices in
                guard wildcard.matches(alias), dataStreams[alias] == nil ? takingAliases : takingStreams else { return false }
                guard takesHidden(alias) || !isHidden(alias, of: indices) else { return false }
                return indices.contains { expansion.contains(slots[$0]?.record.metadata.isClosed == true ? .closed : .open) }
            }.map(\.key)
        }
        return found.sorted()
    }

    private func isHidden(_ alias: String, of indices: [String]) -> Bool {
        indices.contains { slots[$0]?.record.metadata.aliases[alias]?.isHidden == true } || isHiddenStream(alias)
    }

    /// The index that writes to a name go to.
    ///
    /// - Returns: nil if there is neither an index nor an alias of this name.
    /// - Throws: `IndicesError.noWriteIndex`.
    func writeTarget(of name: String) throws(IndicesError) -> IndexSlot? {
        if let slot = slots[name] { return slot }
        if let index = dataStreams[name]?.last { return slots[index] }
        guard let indices = aliases[name] else { return nil }
        if let stream = commonStream(of: indices), let index = dataStreams[stream]?.last { return slots[index] }
        let marked = indices.filter { slots[$0]?.record.metadata.aliases[name]?.isWriteIndex == true }
        let isRefused = indices.allSatisfy { slots[$0]?.record.metadata.aliases[name]?.isWriteIndex == false }
        if let stream = commonStream(of: marked), let index = dataStreams[stream]?.last { return slots[index] }
        guard let target = marked.first ?? (indices.count == 1 && !isRefused ? indices.first : nil), let slot = slots[target]
        else { throw .noWriteIndex(alias: name) }
        return slot
    }

    /// The data stream that all of some indices are of.
    private func commonStream(of indices: [String]) -> String? {
        let streams = Set(indices.map { slots[$0]?.record.metadata.dataStream?.name })
        return streams.count == 1 ? streams.first.flatMap { $0 } : nil
    }

    /// The one index that a name means for an operation on a single document.
    ///
    /// - Throws: `IndicesError.indexNotFound`, `.aliasOfSeveral`.
    func single(_ name: String) throws(IndicesError) -> IndexSlot {
        if let slot = slots[name] { return slot }
        guard let indices = aliases[name] else {
            if name.hasPrefix("_") { throw .invalidIndexName(name, reason: "must not start with '_'.") }
            throw .indexNotFound(name)
        }
        guard indices.count == 1, let slot = indices.first.flatMap({ slots[$0] }) else {
            throw .aliasOfSeveral(alias: name, indices: indices)
        }
        return slot
    }
}

extension [String: IndexSlot] {
    /// - Returns: what was there.
    fileprivate mutating func updateValueOrRemove(_ value: IndexSlot?, for key: String) -> IndexSlot? {
        guard let value else { return removeValue(forKey: key) }
        return updateValue(value, forKey: key)
    }
}
