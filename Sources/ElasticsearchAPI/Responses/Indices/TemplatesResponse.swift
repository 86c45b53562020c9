public import Indices
public import JSON
internal import Mapping

/// What the APIs of templates answer.
public enum TemplatesResponse {
    /// - Parameters:
    ///   - names: with `*`; nil for all.
    /// - Throws: 404 for a name without `*` that nothing has.
    public static func indexTemplates(
        _ templates: [String: IndexTemplate], names: [String]?, flat: Bool
    ) throws(ElasticsearchError) -> JSONValue {
        let chosen = try select(templates, names, kind: "index template")
        return [
            "index_templates": .array(
                chosen.map { ["name": .string($0.name), "index_template": $0.value.encoded(settings(flat))] })
        ]
    }

    /// `GET _component_template`.
    ///
    /// - Parameter names: names or patterns; nil: all.
    /// - Throws: 404 for a name that is none.
    public static func componentTemplates(
        _ templates: [String: ComponentTemplate], names: [String]?, flat: Bool
    ) throws(ElasticsearchError) -> JSONValue {
        let chosen = try select(templates, names, kind: "component template")
        return [
            "component_templates": .array(
                chosen.map { ["name": .string($0.name), "component_template": $0.value.encoded(settings(flat))] })
        ]
    }

    /// An object, empty where nothing is found: then the status is 404 if a name was given.
    public static func legacyTemplates(_ templates: [String: LegacyTemplate], names: [String]?, flat: Bool) -> JSONValue {
        let chosen = matching(templates, names)
        return .object(chosen.map { ($0.name, $0.value.encoded(settings(flat))) }.members)
    }

    /// - Parameter simulated: nil where no template matches.
    public static func simulation(
        _ simulated: (body: TemplateBody, overlapping: [(name: String, patterns: [String])])?
    ) -> JSONValue {
        guard let simulated else { return [:] }
        let template = simulated.body.members(settings(false))
        return [
            "template": [
                "settings": template["settings"] ?? [:], "mappings": template["mappings"] ?? [:],
                "aliases": template["aliases"] ?? [:],
            ],
            "overlapping": .array(
                simulated.overlapping.map {
                    ["name": .string($0.name), "index_patterns": .array($0.patterns.map { .string($0) })]
                }),
        ]
    }

    private static func settings(_ isFlat: Bool) -> ([(String, JSONValue)]) -> JSONValue {
        { SettingsJSON.object($0, isFlat: isFlat) }
    }

    private static func select<Value>(
        _ templates: [String: Value], _ names: [String]?, kind: String
    ) throws(ElasticsearchError) -> [(name: String, value: Value)] {
        for name in names ?? [] where !name.contains("*") && templates[name] == nil {
            throw ElasticsearchError(status: 404, "resource_not_found_exception", "\(kind) matching [\(name)] not found")
        }
        return matching(templates, names)
    }

    private static func matching<Value>(_ templates: [String: Value], _ names: [String]?) -> [(name: String, value: Value)] {
        let patterns = names?.map { WildcardPattern($0) }
        return templates.filter { template in patterns?.contains { $0.matches(template.key) } ?? true }
            .sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }
}
