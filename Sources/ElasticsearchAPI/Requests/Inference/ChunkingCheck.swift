internal import JSON
internal import Mapping

/// `chunking_settings`: how long texts are cut before they are embedded, checked as Elasticsearch does.
enum ChunkingCheck {
    private static let scope = "chunking_settings"

    /// - Returns: with what was left open.
    /// - Throws: `ElasticsearchError`.
    static func checked(_ settings: JSONMembers) throws(ElasticsearchError) -> JSONMembers {
        guard let strategy = settings["strategy"] else {
            throw .illegalArgument("Can't generate Chunker without ChunkingStrategy provided")
        }
        switch strategy.string {
        case "none": return ["strategy": "none"]
        case "word": return try word(settings)
        case "sentence": return try sentence(settings)
        case "recursive": return try recursive(settings)
        default: throw .illegalArgument("Invalid chunkingStrategy \(strategy.javaText)")
        }
    }

    private static func word(_ settings: JSONMembers) throws(ElasticsearchError) -> JSONMembers {
        var check = SettingsCheck(settings, scope: scope)
        check.refuseOthers(than: ["strategy", "max_chunk_size", "overlap"], as: "Word based")
        let size = check.required("max_chunk_size", in: 10...300)
        let overlap = size.flatMap { check.required("overlap", in: 0...$0 / 2) }
        try check.finish()
        return ["strategy": "word", "max_chunk_size": .int(size ?? 0), "overlap": .int(overlap ?? 0)]
    }

    private static func sentence(_ settings: JSONMembers) throws(ElasticsearchError) -> JSONMembers {
        var check = SettingsCheck(settings, scope: scope)
        check.refuseOthers(than: ["strategy", "max_chunk_size", "sentence_overlap"], as: "Sentence based")
        let size = check.required("max_chunk_size", in: 20...Int(Int32.max))
        let overlap = check.int("sentence_overlap") ?? 1
        if !(0...1).contains(overlap) { check.problems.append("sentence_overlap[\(overlap)] must be either 0 or 1") }
        try check.finish()
        return ["strategy": "sentence", "max_chunk_size": .int(size ?? 0), "sentence_overlap": .int(overlap)]
    }

    private static func recursive(_ settings: JSONMembers) throws(ElasticsearchError) -> JSONMembers {
        var check = SettingsCheck(settings, scope: scope)
        check.refuseOthers(than: ["strategy", "max_chunk_size", "separator_group", "separators"], as: "Recursive")
        let size = check.required("max_chunk_size", in: 10...300)
        var separators = Self.separators(of: "plaintext") ?? []
        if let group = settings["separator_group"] {
            if settings["separators"] != nil {
                check.problems.append("Recursive chunking settings can not have both separators and separator_group")
            }
            if let known = group.string.flatMap(Self.separators) {
                separators = known
            } else {
                check.problems.append(
                    "[\(scope)] Invalid value [\(group.javaText)] received. [separator_group] must be one of [markdown, plaintext]")
            }
        } else if let given = settings["separators"] {
            separators = given.array ?? []
            if separators.isEmpty { check.problems.append("Recursive chunking settings can not have an empty list of separators") }
            if separators.contains(where: { $0.string == nil }) {
                check.problems.append("field [separators] is not of the expected type. The value cannot be converted to a list of strings")
            }
        }
        do throws(SemanticProblem) {
            try ChunkingSettings.check(separators: separators.compactMap(\.string))
        } catch {
            check.problems.append(error.reason(field: scope))
        }
        try check.finish()
        return ["strategy": "recursive", "max_chunk_size": .int(size ?? 0), "separators": .array(separators)]
    }

    private static func separators(of group: String) -> [JSONValue]? {
        ChunkingSettings.separatorGroups[group]?.map { .string($0) }
    }
}
