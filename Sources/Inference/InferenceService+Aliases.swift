extension InferenceService {
    /// The other names of a model, sorted.
    public func aliases(ofModel id: String) -> [String] { aliases.filter { $0.value == id }.keys.sorted() }

    /// Gives a model another name.
    ///
    /// - Parameter reassigns: whether it may be taken from another model.
    /// - Throws: `aliasIsTaken`, `aliasIsModel`, `aliasIsDeployment`, `modelIsChanging`, `unknownModel`, `aliasTargetNotDeployed`, `file`.
    public func putAlias(_ alias: String, of modelID: String, reassigns: Bool) throws(InferenceError) {
        let former = aliases[alias]
        if let former, !reassigns { throw .aliasIsTaken(alias: alias, modelID: modelID, by: former) }
        if hasModel(alias) { throw .aliasIsModel }
        if served[alias] != nil { throw .aliasIsDeployment }
        try checkUnchanging(modelID)
        guard hasModel(modelID) else { throw .unknownModel(id: modelID) }
        if let former, former != modelID, !statistics(ofModel: former).isEmpty, statistics(ofModel: modelID).isEmpty {
            throw .aliasTargetNotDeployed(alias: alias, modelID: modelID, former: former)
        }
        try setAlias(alias, to: modelID)
    }

    /// - Throws: `unknownAlias`, `aliasOfAnother`, `file`.
    public func deleteAlias(_ alias: String, of modelID: String) throws(InferenceError) {
        guard let target = aliases[alias] else { throw .unknownAlias(alias) }
        guard target == modelID else { throw .aliasOfAnother(alias: alias, modelID: modelID) }
        try setAlias(alias, to: nil)
    }
}
