internal import Foundation
internal import JSON
internal import Mapping

extension IndexRegistry {
    /// - Parameter mustCreate: whether one of this name is refused.
    /// - Throws: `IndicesError`: `.invalidTemplate`, `.templateExists`, `.overlappingTemplates`, `.templateLeavesStreams`,
    ///   `.invalidSetting`, `.mapping`.
    public func putIndexTemplate(_ template: IndexTemplate, name: String, mustCreate: Bool) throws(IndicesError) {
        try cluster.change { (metadata) throws(IndicesError) in
            if mustCreate, metadata.indexTemplates[name] != nil { throw .templateExists(kind: "index template", name: name) }
            try check(template, name: name, in: metadata)
            let older = metadata.legacyTemplates.filter { PatternOverlap.exists(among: $0.value.patterns, template.patterns) }
                .sorted { $0.key < $1.key }.map { Notice.Template(name: $0.key, patterns: $0.value.patterns) }
            if !older.isEmpty { Notices.add(.templateHidesOlder(name: name, patterns: template.patterns, older: older)) }
            var changed = metadata
            changed.indexTemplates[name] = template
            let streams = streamsLeftAlone(by: changed, of: metadata)
            if !streams.isEmpty { throw .templateLeavesStreams(name: name, template, streams: streams) }
            metadata = changed
        }
    }

    /// The data streams that a template makes indices for before a change, and none afterwards.
    private func streamsLeftAlone(by changed: ClusterMetadata, of former: ClusterMetadata) -> [String] {
        indices.names.dataStreams.keys.filter { stream in
            former.indexTemplate(for: stream)?.template.dataStream != nil
                && changed.indexTemplate(for: stream)?.template.dataStream == nil
        }.sorted()
    }

    private func check(_ template: IndexTemplate, name: String, in metadata: ClusterMetadata) throws(IndicesError) {
        let missing = template.components.filter { metadata.componentTemplates[$0] == nil && !template.optionalComponents.contains($0) }
        if !missing.isEmpty {
            throw .invalidTemplate(
                name: name,
                reason: template.optionalComponents.isEmpty
                    ? "index template [\(name)] specifies component templates [\(missing.joined(separator: ", "))] that do not exist"
                    : "index template [\(name)] specifies a missing component templates [\(missing.joined(separator: ", "))] that does "
                        + "not exist and is not part of 'ignore_missing_component_templates'")
        }
        let rivals = metadata.overlapping(template, besides: name).filter { ($0.value.priority ?? 0) == (template.priority ?? 0) }
        if !rivals.isEmpty {
            throw .overlappingTemplates(
                name: name, patterns: template.patterns, priority: template.priority ?? 0,
                others: rivals.sorted { $0.key < $1.key }.map { (name: $0.key, patterns: $0.value.patterns) })
        }
        try check(metadata.composed(template), of: name)
    }

    /// - Throws: `IndicesError` if an index could not be made of it.
    private func check(_ body: TemplateBody, of name: String) throws(IndicesError) {
        for (alias, metadata) in body.aliases ?? [:] {
            try IndexName.validateAlias(alias.replacing("{index}", with: "index"))
            try checkFilter(of: alias, metadata)
        }
        _ = try IndexSettings(body.settings ?? [:])
        _ = try Self.mapping(body.mappings, of: name)
    }

    /// - Throws: `IndicesError`: `.templateExists`, `.invalidSetting`, `.mapping`, `.invalidTemplate`.
    public func putComponentTemplate(_ template: ComponentTemplate, name: String, mustCreate: Bool) throws(IndicesError) {
        try cluster.change { (metadata) throws(IndicesError) in
            if mustCreate, metadata.componentTemplates[name] != nil {
                throw .templateExists(kind: "component template", name: name)
            }
            try check(template.body, of: name)
            metadata.componentTemplates[name] = template
            for (user, other) in metadata.indexTemplates where other.components.contains(name) {
                try check(metadata.composed(other), of: user)
            }
        }
    }

    /// Stores a template of the older kind, which a template of the newer kind goes before.
    ///
    /// - Throws: `templateExists` with `mustCreate`, or what is wrong with the body.
    public func putLegacyTemplate(_ template: LegacyTemplate, name: String, mustCreate: Bool) throws(IndicesError) {
        try cluster.change { (metadata) throws(IndicesError) in
            if mustCreate, metadata.legacyTemplates[name] != nil { throw .templateExists(kind: "index_template", name: name) }
            try check(template.body, of: name)
            let newer = metadata.indexTemplates.filter { PatternOverlap.exists(among: $0.value.patterns, template.patterns) }
                .sorted { $0.key < $1.key }.map { Notice.Template(name: $0.key, patterns: $0.value.patterns) }
            if !newer.isEmpty { Notices.add(.olderTemplateMayBeHidden(name: name, patterns: template.patterns, newer: newer)) }
            metadata.legacyTemplates[name] = template
        }
    }

    /// - Parameter names: may have `*`.
    /// - Throws: `IndicesError.templateMissing`; nothing is deleted then.
    public func deleteIndexTemplates(_ names: [String]) throws(IndicesError) {
        try cluster.change { (metadata) throws(IndicesError) in
            let chosen = try Self.select(names, among: metadata.indexTemplates.keys)
            var remaining = metadata
            for name in chosen { remaining.indexTemplates[name] = nil }
            let streams = streamsLeftAlone(by: remaining, of: metadata)
            if !streams.isEmpty { throw .templatesInUse(templates: chosen.sorted(), streams: streams) }
            metadata = remaining
        }
    }

    /// - Throws: `IndicesError`: `.templateMissing`, `.componentInUse`.
    public func deleteComponentTemplates(_ names: [String]) throws(IndicesError) {
        try cluster.change { (metadata) throws(IndicesError) in
            let chosen = try Self.select(names, among: metadata.componentTemplates.keys)
            let users = metadata.indexTemplates.filter { template in
                template.value.components.contains { chosen.contains($0) && !template.value.optionalComponents.contains($0) }
            }
            if !users.isEmpty { throw .componentInUse(components: chosen, templates: users.keys.sorted()) }
            for name in chosen { metadata.componentTemplates[name] = nil }
        }
    }

    /// - Parameter names: names or patterns.
    /// - Throws: `IndicesError.templateMissing`; nothing is deleted then.
    public func deleteLegacyTemplates(_ names: [String]) throws(IndicesError) {
        try cluster.change { (metadata) throws(IndicesError) in
            for name in try Self.select(names, among: metadata.legacyTemplates.keys) { metadata.legacyTemplates[name] = nil }
        }
    }

    private static func select(_ names: [String], among known: some Sequence<String>) throws(IndicesError) -> [String] {
        let known = Array(known)
        var chosen: [String] = []
        for name in names {
            let pattern = WildcardPattern(name)
            let found = known.filter { pattern.matches($0) }
            if found.isEmpty, name != "*" { throw .templateMissing(name) }
            chosen += found
        }
        return chosen.sorted()
    }

    /// What an index of a template would get, and the templates that also match but do not count, by name.
    ///
    /// - Parameters:
    ///   - template: taken as if it were kept; nil: only those that are.
    ///   - index: nil: of `template` itself.
    /// - Returns: nil if nothing matches.
    public func simulate(
        _ template: IndexTemplate?, index: String?
    ) throws(IndicesError) -> (body: TemplateBody, overlapping: [(name: String, patterns: [String])])? {
        let metadata = cluster.metadata
        let name = "simulate_template_" + DocumentID.make().lowercased()
        if let template { try check(template, name: name, in: metadata) }
        var chosen = template
        var chosenName = template == nil ? nil : Optional(name)
        if let index {
            var candidates = metadata.indexTemplates
            if let template { candidates[name] = template }
            let found = metadata.indexTemplate(for: index, among: candidates)
            (chosen, chosenName) = (found?.template, found?.name)
        }
        guard let chosen else { return nil }
        let others = metadata.overlapping(chosen, besides: chosenName).map { (name: $0.key, patterns: $0.value.patterns) }
        let older = metadata.legacyTemplates.filter { PatternOverlap.exists(among: $0.value.patterns, chosen.patterns) }
            .map { (name: $0.key, patterns: $0.value.patterns) }
        return (metadata.composed(chosen), (others + older).sorted { $0.name < $1.name })
    }

    /// - Throws: `IndicesError.mapping`.
    static func mapping(_ json: JSONValue?, of index: String) throws(IndicesError) -> Mapping {
        guard let json else { return Mapping() }
        guard let document = try? JSONDocument(parsing: json.serialized()) else {
            throw .mapping(.notAnObject(field: ""), index: index)
        }
        do {
            return try Mapping(decoding: document.root, in: .unbound)
        } catch {
            throw .mapping(error, index: index)
        }
    }
}
