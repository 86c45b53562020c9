internal import Analysis

extension IndexSettings {
    /// The pipeline of documents whose request names none.
    public var defaultPipeline: String? { pipeline("index.default_pipeline") }

    /// The pipeline that follows all others.
    public var finalPipeline: String? { pipeline("index.final_pipeline") }

    private func pipeline(_ key: String) -> String? {
        guard let id = given[key]?.text, !id.isEmpty, id != "_none" else { return nil }
        return id
    }
}

extension IndexRegistry {
    /// The settings of the index that writes to a name go to: of an alias the write index; where there is none yet, what
    /// templates say of it.
    public func settings(toWrite name: String) -> IndexSettings? {
        guard let name = try? DateMathName.resolved(name, now: now) else { return nil }
        let names = indices.names
        if names.contains(name, takingAliases: true) { return (try? names.writeTarget(of: name))?.record.metadata.settings }
        return cluster.metadata.templateBody(for: name)?.settings.flatMap { try? IndexSettings($0) }
    }
}
