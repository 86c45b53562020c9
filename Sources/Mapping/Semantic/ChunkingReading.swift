internal import Analysis
internal import JSON

/// Settings that are read, and what is wrong with them.
struct ChunkingReading {
    let members: JSONMembers
    var problems: [ChunkingFault.Problem] = []

    init(_ members: JSONMembers) {
        self.members = members
    }

    mutating func refuseOthers(than strategy: ChunkingSettings.Strategy) {
        let own: Set<String> =
            switch strategy {
            case .word: ["overlap"]
            case .sentence: ["sentence_overlap"]
            case .recursive: ["separators", "separator_group"]
            case .none: []
            }
        let others = members.map(\.key).filter { $0 != "strategy" && $0 != "max_chunk_size" && !own.contains($0) }
        if !others.isEmpty { problems.append(.unknownSettings(others, strategy: strategy)) }
    }

    /// A whole number; nil where none is given.
    mutating func int(_ name: String) -> Int? {
        switch members[name] {
        case nil, .null?: return nil
        case .int(let value)?: return value
        case let other?:
            problems.append(.notWhole(name, other))
            return nil
        }
    }

    mutating func required(_ name: String, in allowed: ClosedRange<Int>) -> Int? {
        if members[name] == nil { problems.append(.missing(name)) }
        guard let value = int(name) else { return nil }
        if allowed.contains(value) { return value }
        problems.append(.outOfRange(name, value, allowed: allowed))
        return nil
    }

    mutating func separators() -> [String] {
        if let group = members["separator_group"] {
            if members["separators"] != nil { problems.append(.separatorsTwice) }
            if let known = group.string.flatMap({ ChunkingSettings.separatorGroups[$0.lowercased()] }) { return known }
            problems.append(.unknownSeparatorGroup(group))
            return []
        }
        guard let given = members["separators"] else { return ChunkingSettings.separatorGroups["plaintext"] ?? [] }
        let values = given.array ?? [], texts = values.compactMap(\.string)
        if values.isEmpty { problems.append(.noSeparators) }
        if texts.count < values.count { problems.append(.malformedSeparators) }
        for separator in texts { check(separator) }
        return texts
    }

    /// Refuses what cannot be searched for. Two of Elasticsearch's own separators look ahead, but are found in no text: they ask for
    /// the beginning of the text behind a line's end.
    private mutating func check(_ separator: String) {
        if ChunkingSettings.separatorGroups.values.contains(where: { $0.contains(separator) }) { return }
        do {
            _ = try SearchPattern(separator)
        } catch {
            let reason = if case .unsupportedPattern(_, let reason) = error { reason } else { "cannot be read" }
            problems.append(.unsupportedSeparator(separator, reason: reason))
        }
    }
}
