internal import Files
internal import JSON

/// A change of several indices that a crash must not leave half done: each index has a file of its own.
///
/// It stands in `cluster.json` while it is carried out. A start that finds it there does all of it again.
struct AliasIntent: Equatable, Sendable {
    /// What an index shall have as an alias; nil: it shall not have it.
    struct Step: Equatable, Sendable {
        /// The index's uuid.
        var index: String
        var alias: String
        var metadata: AliasMetadata?
    }

    var steps: [Step]
    /// The uuids of indices that go with it.
    var removed: [String] = []
    /// The uuid of an index without which nothing is to be done: it is made first.
    var condition: String?

    init(steps: [Step], removed: [String] = [], condition: String? = nil) {
        self.steps = steps
        self.removed = removed
        self.condition = condition
    }

    /// Whether more than one file says it.
    var needsRecord: Bool { Set(steps.map(\.index)).count + removed.count > 1 }

    init?(_ value: JSONValue?) {
        guard let steps = value?["steps"]?.array else { return nil }
        self.steps = steps.compactMap { step in
            guard let index = step["index"]?.string, let alias = step["alias"]?.string else { return nil }
            return Step(index: index, alias: alias, metadata: step["metadata"].map { AliasMetadata($0) })
        }
        removed = value?["removed"]?.array?.compactMap(\.string) ?? []
        condition = value?["condition"]?.string
    }

    var encoded: JSONValue {
        var members: JSONMembers = [
            "steps": .array(
                steps.map { step in
                    var members: JSONMembers = ["index": .string(step.index), "alias": .string(step.alias)]
                    members["metadata"] = step.metadata?.encoded
                    return .object(members)
                })
        ]
        if !removed.isEmpty { members["removed"] = .array(removed.map { .string($0) }) }
        members["condition"] = condition.map { .string($0) }
        return .object(members)
    }

    /// Does on disk what is not done yet, before any index is opened.
    ///
    /// An index whose metadata cannot be read is passed over: nothing can be said of its aliases.
    ///
    /// - Throws: `IndicesError.file`.
    func carryOut(in directory: DataDirectory) throws(IndicesError) {
        let exists = { (uuid: String) throws(IndicesError) in try IndicesError.wrapping(Path.exists(directory.path(ofIndex: uuid))) }
        if let condition, try !exists(condition) { return }
        for (uuid, steps) in Dictionary(grouping: steps, by: \.index) where try exists(uuid) {
            guard let record = try? IndexRecord(reading: directory.path(ofIndex: uuid)) else { continue }
            try record.change { (metadata) throws(IndicesError) in
                for step in steps { metadata.aliases[step.alias] = step.metadata }
            }
        }
        for uuid in removed where try exists(uuid) {
            let path = directory.path(ofIndex: uuid)
            try IndicesError.wrapping(Path.move(path, to: path + DataDirectory.deletedSuffix))
        }
    }
}
