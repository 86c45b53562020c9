/// Makes character filters of their settings.
enum CharFilterFactory {
    /// Those that normalizers may use.
    static let normalizing: Set<String> = ["mapping", "pattern_replace"]

    /// Nil for a type that is not known.
    ///
    /// - Throws: `AnalysisError` for settings that the filter does not take.
    static func make(_ type: String, _ settings: ComponentSettings) throws(AnalysisError) -> (any CharFilter)? {
        switch type {
        case "html_strip":
            return HTMLStripCharFilter(escapedTags: Set((settings.strings("escaped_tags") ?? []).map { $0.lowercased() }))
        case "mapping":
            try settings.refuseFile("mappings_path")
            guard let rules = settings.lines("mappings") else {
                throw .missingSetting(
                    component: settings.name, setting: "mappings",
                    reason: "mapping requires either `mappings` or `mappings_path` to be configured")
            }
            return try MappingCharFilter(rules: rules, component: settings.name)
        case "pattern_replace":
            guard settings.string("pattern") != nil else {
                throw .missingSetting(
                    component: settings.name, setting: "pattern",
                    reason: "pattern is missing for [\(settings.name)] char filter of type 'pattern_replace'")
            }
            let pattern = try settings.pattern("pattern", default: nil)
            return PatternReplaceCharFilter(
                pattern: pattern, replacement: try PatternReplacement(settings.string("replacement") ?? "", for: pattern))
        default: return nil
        }
    }
}
