extension IndexSettings {
    /// The pipeline of documents whose request names none.
    public var defaultPipeline: String? { pipeline("index.default_pipeline") }

    /// The pipeline that follows all others.
    public var finalPipeline: String? { pipeline("index.final_pipeline") }

    private func pipeline(_ key: String) -> String? {
        guard let id = given[key], !id.isEmpty, id != "_none" else { return nil }
        return id
    }
}

extension IndexRegistry {
    /// The settings of an index that a write names; nil if there is none yet.
    public func settings(toWrite name: String) -> IndexSettings? { index(name)?.metadata.settings }
}
