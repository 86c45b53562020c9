extension ClusterMetadata {
    /// The template that an index of this name gets, with its name.
    ///
    /// - Parameter candidates: nil: those that are kept.
    func indexTemplate(for index: String, among candidates: [String: IndexTemplate]? = nil) -> (name: String, template: IndexTemplate)? {
        (candidates ?? indexTemplates).filter { $0.value.matches(index) }
            .max { ($0.value.priority ?? 0, $1.key) < ($1.value.priority ?? 0, $0.key) }
            .map { (name: $0.key, template: $0.value) }
    }

    /// A template with its components under it.
    func composed(_ template: IndexTemplate) -> TemplateBody {
        let parts = template.components.compactMap { componentTemplates[$0]?.body } + (template.body.map { [$0] } ?? [])
        return parts.reduce(TemplateBody()) { $0.overlaid(by: $1) }
    }

    /// All that templates say of an index of this name; nil if none matches.
    func templateBody(for index: String) -> TemplateBody? {
        if let found = indexTemplate(for: index) { return composed(found.template).naming(index) }
        let legacy = legacyTemplates(for: index).compactMap { legacyTemplates[$0] }
        if legacy.isEmpty { return nil }
        return legacy.reduce(TemplateBody()) { $0.overlaid(by: $1.body) }.naming(index)
    }

    /// The names of the older templates that an index of this name gets, in the order in which they are laid over each other.
    func legacyTemplates(for index: String) -> [String] {
        if legacyTemplates.isEmpty || indexTemplate(for: index) != nil { return [] }
        return legacyTemplates.filter { $0.value.matches(index) }.sorted { ($0.value.order, $0.key) < ($1.value.order, $1.key) }.map(\.key)
    }

    /// The templates of the same priority that match names which `template` matches too, by name.
    func overlapping(_ template: IndexTemplate, besides name: String?) -> [String: IndexTemplate] {
        indexTemplates.filter { $0.key != name && $0.value.overlaps(template) }
    }
}

extension TemplateBody {
    /// Aliases may be called after the index: `{index}-alias`.
    fileprivate func naming(_ index: String) -> TemplateBody {
        var result = self
        result.aliases = aliases.map { aliases in
            Dictionary(
                aliases.map { ($0.key.replacing("{index}", with: index), $0.value) }, uniquingKeysWith: { $1 })
        }
        return result
    }
}
