public import JSON
internal import Threads

/// Changes of a model's files. Each waits for the disk in the middle, so that one model has one change at a time; `start` and
/// `putAlias` refuse it meanwhile.
extension InferenceService {
    /// Begins a model whose definition and vocabulary are to come.
    ///
    /// - Parameter configuration: as Elasticsearch writes it, without the id.
    /// - Throws: `modelExists`, `modelIDIsAlias`, `modelIDIsDeployment`, `modelIsChanging`, `folderInTheWay`, `file`.
    public func createModel(_ id: String, configuration: JSONValue) async throws(InferenceError) -> UploadedModel {
        let uploads = try storage()
        try beginChange(of: id)
        defer { endChange(of: id) }
        await rescan()
        if hasModel(id) { throw .modelExists(id: id) }
        if aliases[id] != nil { throw .modelIDIsAlias(id: id) }
        if served[id] != nil { throw .modelIDIsDeployment(id: id) }
        let upload = try await uploadPool.run { uploads.create(id, configuration) }.get()
        await rescan()
        return upload
    }

    /// Adds a part to the definition of a model. With the last one the whole is looked at: what cannot be run is refused.
    ///
    /// - Throws: `unknownModel`, `definitionExists`, `partOutOfOrder`, `definitionLength`, `definitionRefused`,
    ///   `modelIsChanging`, `file`.
    public func putDefinitionPart(_ part: DefinitionPart, of id: String) async throws(InferenceError) {
        let uploads = try storage()
        try beginChange(of: id)
        defer { endChange(of: id) }
        if try upload(id).hasDefinition { throw .definitionExists(id: id) }
        try await uploadPool.run { uploads.append(part, to: id) }.get()
        if part.isLast { await rescan() }
    }

    /// Sets the vocabulary of a model.
    ///
    /// - Parameter content: JSON, checked for its form.
    /// - Throws: `unknownModel`, `vocabularyExists`, `modelIsChanging`, `file`.
    public func putVocabulary(_ content: [UInt8], of id: String) async throws(InferenceError) {
        let uploads = try storage()
        try beginChange(of: id)
        defer { endChange(of: id) }
        if try upload(id).hasVocabulary { throw .vocabularyExists(id: id) }
        try await uploadPool.run { uploads.putVocabulary(content, of: id) }.get()
        await rescan()
    }

    /// Deletes a model that came over the API, and its aliases.
    ///
    /// - Parameter force: its deployments are stopped; else they forbid it.
    /// - Throws: `unknownModel`, `modelIsDeployed`, `modelIsFolder` for one that somebody put into a directory,
    ///   `modelIsChanging`, `file`.
    public func deleteModel(_ id: String, force: Bool) async throws(InferenceError) {
        let uploads = try storage()
        try beginChange(of: id)
        defer { endChange(of: id) }
        guard hasModel(id) else { throw .unknownModel(id: id) }
        guard (try? upload(id)) != nil else { throw .modelIsFolder(id: id, folder: catalog.models[id]?.folder ?? "") }
        let deployments = statistics(ofModel: id).map(\.id)
        if !deployments.isEmpty, !force { throw .modelIsDeployed(id: id) }
        for deployment in deployments { try await stopIfServed(deployment) }
        for alias in aliases(ofModel: id) { try setAlias(alias, to: nil) }
        try await uploadPool.run { uploads.delete(id) }.get()
        await rescan()
    }

    private func upload(_ id: String) throws(InferenceError) -> UploadedModel {
        if let upload = catalog.incomplete[id] ?? catalog.models[id]?.upload { return upload }
        throw catalog.models[id] == nil ? .unknownModel(id: id) : .modelIsNoUpload(id: id)
    }

    private func storage() throws(InferenceError) -> ModelUploads {
        guard let uploads else { throw .noStorage }
        return uploads
    }
}
