extension Endpoint {
    /// Parameters that Elasticsearch 9 refuses, and takes of clients of version 8.
    public var parametersOfVersion8: Set<String> {
        switch self {
        case .indicesGetAlias, .indicesExistsAlias, .catAliases: ["local"]
        case .mlStartTrainedModelDeployment: ["inference_threads", "model_threads"]
        default: []
        }
    }

    /// Notes what is deprecated of the endpoint itself and of the parameters that are given.
    public func note(_ parameters: QueryParameters, in deprecations: Deprecations) {
        switch self {
        case .indicesPutTemplate, .indicesGetTemplate, .indicesExistsTemplate, .indicesDeleteTemplate:
            if self == .indicesPutTemplate {
                deprecations.add("Legacy index templates are deprecated in favor of composable templates.")
            }
        default: break
        }
        if parameters["local"] != nil, hasDeprecatedLocal {
            deprecations.add(
                "the [?local] query parameter to this API has no effect, is now deprecated, and will be removed in a future version")
        }
        if parameters["ignore_throttled"] != nil {
            deprecations.add(
                "[ignore_throttled] parameter is deprecated because frozen indices have been deprecated. Consider cold or frozen tiers "
                    + "in place of frozen indices.")
        }
        if self == .mlStartTrainedModelDeployment {
            let names = ["inference_threads": "threads_per_allocation", "model_threads": "number_of_allocations"]
            for (former, present) in names.sorted(by: { $0.key < $1.key }) where parameters[former] != nil {
                deprecations.add("Deprecated field [\(former)] used, expected [\(present)] instead")
            }
        }
    }

    private var hasDeprecatedLocal: Bool {
        switch self {
        case .catComponentTemplates, .catTemplates, .clusterGetComponentTemplate, .clusterExistsComponentTemplate, .indicesGet,
            .indicesExists, .indicesGetIndexTemplate, .indicesExistsIndexTemplate, .indicesGetMapping, .indicesGetSettings,
            .indicesGetTemplate, .indicesExistsTemplate, .indicesGetAlias, .indicesExistsAlias, .catAliases:
            true
        default: false
        }
    }
}
