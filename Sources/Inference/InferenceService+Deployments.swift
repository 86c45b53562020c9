internal import Logging
internal import MatrixKernels

extension InferenceService {
    /// Starts to load a model and returns at once; `waitUntilStarted` waits. A model dropped into a directory since the
    /// last scan is found.
    ///
    /// - Parameters:
    ///   - modelName: the model's id, or an alias.
    ///   - deploymentID: nil takes the model's id.
    ///   - isLasting: it comes back after a restart.
    /// - Returns: the deployment's id.
    /// - Throws: `unknownModel`, `noDefinition`, `noVocabulary`, `definitionRefused`, `alreadyDeployed`,
    ///   `deploymentIDIsModel`, `deploymentIDIsAlias`, `modelIsChanging`, `file`.
    @discardableResult
    public func start(
        _ modelName: String, as deploymentID: String? = nil,
        _ configuration: DeploymentConfiguration = DeploymentConfiguration(), isLasting: Bool = false
    ) async throws(InferenceError) -> String {
        try await start(modelName, as: deploymentID, configuration, isLasting: isLasting, isSaved: false)
    }

    @discardableResult
    func start(
        _ modelName: String, as deploymentID: String?, _ configuration: DeploymentConfiguration, isLasting: Bool,
        isSaved: Bool
    ) async throws(InferenceError) -> String {
        if (try? model(modelName)) == nil { await rescan() }
        let model = try model(modelName), id = deploymentID ?? model.id
        try checkUnchanging(model.id)
        if let state = served[id]?.deployment.state, state != .failed { throw .alreadyDeployed(id: id) }
        if id != model.id, hasModel(id) { throw .deploymentIDIsModel(id: id) }
        if aliases[id] != nil { throw .deploymentIDIsAlias(id: id) }
        let asked = configuration, configuration = resolved(asked)
        logger.info(
            "starting deployment",
            metadata: [
                "deployment": "\(id)", "model": "\(model.id)", "folder": "\(model.folder)",
                "precision": "\(configuration.precision?.rawValue ?? "")",
            ])
        let deployment = Deployment(id: id, modelID: model.id, configuration: configuration) {
            [loader] () throws(ModelLoadingError) in
            try loader(model, configuration)
        }
        do throws(InferenceError) {
            try setServed(
                id, to: Served(model: model, deployment: deployment, configuration: asked, isLasting: isLasting),
                isSaved: isSaved)
        } catch {
            await deployment.stop()
            throw error
        }
        watchLoading(of: deployment)
        return id
    }

    /// Logs how loading ends, whoever waits for it, and sees to it that a failure does not come back after a restart.
    private nonisolated func watchLoading(of deployment: Deployment) {
        let begin = ContinuousClock.now
        Task { [logger, wording] in
            do throws(InferenceError) {
                try await deployment.loaded()
                logger.info(
                    "started deployment",
                    metadata: ["deployment": "\(deployment.id)", "took": "\(ContinuousClock.now - begin)"])
            } catch {
                logger.warning(
                    "deployment does not start", metadata: ["deployment": "\(deployment.id)", "reason": "\(wording(error))"])
                try? await keep()
            }
        }
    }

    /// With the service's defaults where the configuration leaves something open.
    private func resolved(_ configuration: DeploymentConfiguration) -> DeploymentConfiguration {
        var configuration = configuration
        let cores = defaults.threads ?? MatrixEngine.cores
        configuration.precision = configuration.precision ?? defaults.precision
        configuration.threads =
            configuration.threads
            ?? (configuration.priority == .low ? 1 : max(1, cores / max(1, configuration.allocations)))
        return configuration
    }

    /// Waits until a deployment has loaded its model.
    ///
    /// - Throws: `unknownModel`, `notDeployed`, `loadingFailed`, `notServing`.
    public nonisolated func waitUntilStarted(_ name: String) async throws(InferenceError) {
        try await awaited(name).loaded()
    }

    /// The deployment of this very id, also while another of its model serves already.
    private func awaited(_ name: String) throws(InferenceError) -> Deployment {
        if let exact = served[name] { return exact.deployment }
        return try deployment(name)
    }

    /// Changes how many batches are encoded at a time.
    ///
    /// - Throws: `unknownDeployment`; `lowPriorityIsAlone`; `notServing` where the model is not loaded; `file`.
    public func setAllocations(_ count: Int, of deploymentID: String) throws(InferenceError) {
        guard var found = served[deploymentID] else { throw .unknownDeployment(id: deploymentID) }
        if count > 1, found.deployment.isGivingWay { throw .lowPriorityIsAlone }
        _ = try found.deployment.encoders()
        found.configuration.allocations = count
        // As they are: worked out anew, they would be fewer.
        found.configuration.threads = found.deployment.statistics.configuration.threads
        try setServed(deploymentID, to: found)
        try found.deployment.setAllocations(count)
    }

    /// Forgets the vectors that a deployment keeps.
    ///
    /// - Throws: `unknownDeployment`.
    public func clearCache(_ deploymentID: String) throws(InferenceError) {
        guard let deployment = served[deploymentID]?.deployment else { throw .unknownDeployment(id: deploymentID) }
        deployment.cache.removeAll()
    }

    /// Stops a deployment and returns when its memory is free. Items that wait fail.
    ///
    /// - Throws: `unknownDeployment`, `file`.
    public func stop(_ deploymentID: String) async throws(InferenceError) {
        guard let deployment = served[deploymentID]?.deployment else { throw .unknownDeployment(id: deploymentID) }
        await deployment.stop()
        if served[deploymentID]?.deployment === deployment { try setServed(deploymentID, to: nil) }
        logger.info("stopped deployment", metadata: ["deployment": "\(deploymentID)"])
    }

    /// As `stop`, but one that somebody else has stopped is no error.
    public func stopIfServed(_ deploymentID: String) async throws(InferenceError) {
        do throws(InferenceError) {
            try await stop(deploymentID)
        } catch .unknownDeployment {
            return
        }
    }

    /// Stops all deployments. Those that last come back with `restore`.
    public func shutDown() async {
        try? keep()
        beginShutDown()
        while let (id, served) = served.first {
            await served.deployment.stop()
            try? setServed(id, to: nil, isSaved: true)
        }
    }

    /// What a deployment has done; nil where there is none.
    public func statistics(_ deploymentID: String) -> DeploymentStatistics? {
        served[deploymentID]?.deployment.statistics
    }

    /// The same of all deployments, by id.
    public var statistics: [DeploymentStatistics] {
        served.values.map(\.deployment.statistics).sorted { $0.id < $1.id }
    }

    /// The same of a model's deployments, by id.
    public func statistics(ofModel id: String) -> [DeploymentStatistics] { statistics.filter { $0.modelID == id } }

    /// The model behind a name that serves, and the deployment that serves it.
    ///
    /// - Parameter name: a deployment's id, a model's, or an alias of one.
    /// - Throws: `unknownModel`, `notDeployed`, `notServing`.
    public func serving(_ name: String) throws(InferenceError) -> (model: Model, deploymentID: String) {
        let found = try find(name)
        _ = try found.deployment.encoders()
        return (found.model, found.deployment.id)
    }

    /// What a model that serves multiplies cosines by before a softmax, as measured or as its weights say; nil: neither.
    public func logitScale(ofModel name: String) -> Float? {
        guard let found = try? find(name) else { return nil }
        return found.model.calibration?.logitScale ?? (try? found.deployment.encoders())?.logitScale
    }

    func deployment(_ name: String) throws(InferenceError) -> Deployment { try find(name).deployment }

    /// The deployment of this id, or of several of the model's one that serves.
    func find(_ name: String) throws(InferenceError) -> Served {
        let modelID = aliases[name] ?? name, exact = served[name] ?? served[modelID]
        if let exact, exact.deployment.state == .started || exact.model.id != modelID { return exact }
        let all = served.values.filter { $0.model.id == modelID }.sorted { $0.deployment.id < $1.deployment.id }
        if let found = all.first(where: { $0.deployment.state == .started }) ?? exact ?? all.first { return found }
        guard hasModel(modelID) else { throw .unknownModel(id: name) }
        throw .notDeployed(id: modelID)
    }
}
