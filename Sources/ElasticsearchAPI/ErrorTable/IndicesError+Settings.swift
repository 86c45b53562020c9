internal import Indices
internal import JSON

extension ElasticsearchError {
    /// Settings and templates.
    ///
    /// - Returns: nil for the other cases.
    init?(configuring error: IndicesError) {
        switch error {
        case .unknownSetting(let key): self = .unknownSetting("unknown setting", key, among: KnownSettings.keys)
        case .unknownClusterSetting(let key, let isFixed):
            self = isFixed
                ? .illegalArgument("persistent setting [\(key)], not dynamically updateable")
                : .unknownSetting("persistent setting", key, among: Array(ClusterSettings.standardValues.keys), suffix: ", not recognized")
        case .invalidSetting(_, _, let reason): self = .illegalArgument(reason)
        case .settingsNotDynamic(let keys, let index, let uuid):
            self = .illegalArgument(
                "Can't update non dynamic settings [[\(keys.joined(separator: ", "))]] for open indices [[\(index)/\(uuid)]]")
        case .finalSetting(let key, let index): self = .illegalArgument("final \(index) setting [\(key)], not updateable")
        case .privateSetting(let key):
            self = .validation(["private index setting [\(key)] can not be set explicitly"])
        case .invalidTemplate(let name, let reason):
            self.init(
                status: 400, "invalid_index_template_exception", "index_template [\(name)] invalid, cause [\(reason)]")
        case .templateExists(let kind, let name): self = .illegalArgument("\(kind) [\(name)] already exists")
        case .templateMissing(let name):
            self.init(status: 404, "index_template_missing_exception", "index_template [\(name)] missing")
        case .overlappingTemplates(let name, let patterns, let priority, let others):
            let list = others.map { "\($0.name) => [\($0.patterns.joined(separator: ", "))]" }.joined(separator: ", ")
            self = .illegalArgument(
                "index template [\(name)] has index patterns [\(patterns.joined(separator: ", "))] matching patterns from existing "
                    + "templates [\(others.map(\.name).joined(separator: ","))] with patterns (\(list)) that have the same priority "
                    + "[\(priority)], multiple index templates may not match during index creation, please use a different priority")
        case .componentInUse(let components, let templates):
            self = .illegalArgument(
                "component templates [\(components.joined(separator: ", "))] cannot be removed as they are still in use by index "
                    + "templates [\(templates.joined(separator: ", "))]")
        default: return nil
        }
    }

    private static func unknownSetting(
        _ prefix: String, _ key: String, among known: [String], suffix: String = ""
    ) -> ElasticsearchError {
        if let hint = Suggestions(for: key, among: known, above: 0.7).text {
            return .illegalArgument("\(prefix) [\(key)]\(suffix) did you mean \(hint)")
        }
        if !suffix.isEmpty { return .illegalArgument("\(prefix) [\(key)]\(suffix)") }
        return .illegalArgument(
            "\(prefix) [\(key)] please check that any required plugins are installed, or check the breaking changes "
                + "documentation for removed settings")
    }
}
