public import Inference
internal import Mapping

/// The models that an expression names, by their ids, their aliases or their deployments' ids.
public struct ModelSelection: Sendable {
    /// A model, deployable or not, with the names it goes by.
    public struct Entry: Sendable {
        public let description: ModelDescription
        public let aliases: [String]
        public let deployments: [DeploymentStatistics]

        public init(_ description: ModelDescription, aliases: [String], deployments: [DeploymentStatistics]) {
            self.description = description
            self.aliases = aliases
            self.deployments = deployments
        }
    }

    /// Those chosen; where a deployment was named, with that deployment alone.
    public let entries: [Entry]

    /// - Parameters:
    ///   - expression: comma-separated names and patterns; nil, empty and `_all` for all.
    ///   - allowsNone: patterns may match nothing.
    /// - Throws: 404 for a name that nothing has.
    public init(_ expression: String?, of all: [Entry], allowsNone: Bool) throws(ElasticsearchError) {
        let names = expression?.split(separator: ",").map(String.init) ?? []
        guard !names.isEmpty, names != ["_all"] else {
            entries = all
            return
        }
        var chosen: [String: [DeploymentStatistics]] = [:]
        for name in names {
            let pattern = WildcardPattern(name)
            var isMatched = false
            for entry in all {
                let id = entry.description.id
                if pattern.matches(id) || entry.aliases.contains(where: pattern.matches) {
                    chosen[id] = entry.deployments
                    isMatched = true
                    continue
                }
                let deployments = entry.deployments.filter { pattern.matches($0.id) }
                if deployments.isEmpty { continue }
                chosen[id] = (chosen[id] ?? []).filter { !deployments.contains($0) } + deployments
                isMatched = true
            }
            if !isMatched, !(allowsNone && name.contains("*")) {
                throw ElasticsearchError(
                    status: 404, "resource_not_found_exception", "No known trained model with model_id [\(name)]")
            }
        }
        entries = all.compactMap { entry in
            chosen[entry.description.id].map { Entry(entry.description, aliases: entry.aliases, deployments: $0) }
        }
    }
}
