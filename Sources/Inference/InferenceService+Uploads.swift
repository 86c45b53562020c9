public import JSON

extension InferenceService {
    /// Begins a model whose definition and vocabulary are to come.
    ///
    /// - Parameter configuration: as Elasticsearch writes it, without the id.
    /// - Throws: `modelExists`, `modelIDIsAlias`, `modelIDIsDeployment`, `file`.
    public func createModel(_ id: String, configuration: JSONValue) async throws(InferenceError) -> UploadedModel {
        let uploads = try storage()
        rescan()
        if hasModel(id) { throw .modelExists(id: id) }
        if aliases[id] != nil { throw .modelIDIsAlias(id: id) }
        if served[id] != nil { throw .modelIDIsDeployment(id: id) }
        let upload = try await preparationPool.run { uploads.create(id, configuration) }.get()
        rescan()
        return upload
    }

    /// Adds a part to the definition of a model. With the last one the whole is looked at: what cannot be run is refused.
    ///
    /// - Throws: `unknownModel`, `definitionExists`, `partOutOfOrder`, `definitionLength`, `definitionRefused`, `file`.
    public func putDefinitionPart(_ part: DefinitionPart, of id: String) async throws(InferenceError) {
        let uploads = try storage()
        guard catalog.incomplete[id] != nil else {
            throw catalog.models[id] == nil ? .unknownModel(id: id) : .definitionExists(id: id)
        }
        try await preparationPool.run { uploads.append(part, to: id) }.get()
        if part.isLast { rescan() }
    }

    /// Sets the vocabulary of a model.
    ///
    /// - Parameter content: JSON, checked for its form.
    /// - Throws: `unknownModel`, `vocabularyExists`, `file`.
    public func putVocabulary(_ content: [UInt8], of id: String) async throws(InferenceError) {
        let uploads = try storage()
        guard let upload = catalog.incomplete[id] ?? catalog.models[id]?.upload else { throw .unknownModel(id: id) }
        if upload.hasVocabulary { throw .vocabularyExists(id: id) }
        try await preparationPool.run { uploads.putVocabulary(content, of: id) }.get()
        rescan()
    }

    /// Deletes a model that came over the API, and its aliases.
    ///
    /// - Parameter force: its deployments are stopped; else they forbid it.
    /// - Throws: `unknownModel`, `modelIsDeployed`, `modelIsFolder` for one that somebody put into a directory, `file`.
    public func deleteModel(_ id: String, force: Bool) async throws(InferenceError) {
        guard hasModel(id) else { throw .unknownModel(id: id) }
        let uploads = try storage()
        guard catalog.incomplete[id] != nil || catalog.models[id]?.upload != nil else {
            throw .modelIsFolder(id: id, folder: catalog.models[id]?.folder ?? "")
        }
        let deployments = statistics(ofModel: id).map(\.id)
        if !deployments.isEmpty, !force { throw .modelIsDeployed(id: id) }
        for deployment in deployments { try await stop(deployment) }
        for alias in aliases(ofModel: id) { try setAlias(alias, to: nil) }
        try await preparationPool.run { uploads.delete(id) }.get()
        rescan()
    }

    private func storage() throws(InferenceError) -> ModelUploads {
        guard let uploads else { throw .noStorage }
        return uploads
    }
}
