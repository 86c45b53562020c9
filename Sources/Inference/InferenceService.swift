public import ImagePreprocessing
public import Logging

/// The models on disk and the deployments that serve them.
///
/// A deployment is named by its model's id.
public actor InferenceService {
    /// Makes the encoders of a model.
    public typealias Loader = @Sendable (Model, DeploymentConfiguration) throws(ModelLoadingError) -> LoadedModel

    private let roots: [String]
    private let loader: Loader
    private let logger: Logger
    private let preparation: BlockingPool
    private let defaultThreads: Int?
    private var catalog: ModelCatalog
    private var deployments: [String: Deployment] = [:]

    /// - Parameters:
    ///   - roots: the models directories; of two models with one id the one in the earlier directory counts.
    ///   - decoder: how pictures are decoded.
    ///   - preparationThreads: for tokenizing long texts, and for decoding and resizing; nil takes one a processor, and two
    ///     at least.
    ///   - defaultThreads: for the encoders of deployments that do not say how many they want; nil takes all cores.
    public init(
        roots: [String], decoder: ImageDecoder = ImageDecoder(), preparationThreads: Int? = nil,
        defaultThreads: Int? = nil, logger: Logger
    ) {
        self.init(roots: roots, preparationThreads: preparationThreads, defaultThreads: defaultThreads, logger: logger) {
            model, configuration throws(ModelLoadingError) in
            try LoadedModel(model, threads: configuration.threads, decoder: decoder)
        }
    }

    /// - Parameter loader: makes the encoders; runs on the deployment's own thread.
    public init(
        roots: [String], preparationThreads: Int? = nil, defaultThreads: Int? = nil, logger: Logger,
        loader: @escaping Loader
    ) {
        self.roots = roots
        self.defaultThreads = defaultThreads
        self.loader = loader
        self.logger = logger
        preparation = BlockingPool(threads: preparationThreads, name: "prepare")
        catalog = ModelCatalog(roots: roots)
        for problem in catalog.problems {
            logger.warning(
                "folder is not a usable model",
                metadata: ["folder": "\(problem.folder)", "reason": "\(problem.reason)"])
        }
    }

    // MARK: - models

    /// All models, by id.
    public var models: [Model] { catalog.models.values.sorted { $0.id < $1.id } }

    /// Folders that look like models and are none.
    public var problems: [ModelCatalog.Problem] { catalog.problems }

    /// Looks at the models directories again. Deployments go on.
    public func rescan() {
        catalog = ModelCatalog(roots: roots)
    }

    /// - Throws: `InferenceError.unknownModel`.
    public func model(_ id: String) throws(InferenceError) -> Model {
        guard let model = catalog.models[id] else { throw .unknownModel(id: id) }
        return model
    }

    // MARK: - deployments

    /// Starts to load a model and returns at once; `waitUntilStarted` waits. A model dropped into a directory
    /// since the last scan is found.
    ///
    /// - Throws: `unknownModel`, `alreadyDeployed`.
    public func start(
        _ id: String, _ configuration: DeploymentConfiguration = DeploymentConfiguration()
    ) throws(InferenceError) {
        if catalog.models[id] == nil { rescan() }
        let model = try model(id)
        if let state = deployments[id]?.statistics.state, state != .failed { throw .alreadyDeployed(id: id) }
        var configuration = configuration
        configuration.threads = configuration.threads ?? defaultThreads
        logger.info("starting deployment", metadata: ["model": "\(id)", "folder": "\(model.folder)"])
        deployments[id] = Deployment(id: id, configuration: configuration) {
            [loader, configuration] () throws(ModelLoadingError) in
            try loader(model, configuration)
        }
    }

    /// Waits until a deployment has loaded its model.
    ///
    /// - Throws: `unknownModel`, `notDeployed`, `loadingFailed`, `notServing`.
    public nonisolated func waitUntilStarted(_ id: String) async throws(InferenceError) {
        try await deployment(id).loaded()
    }

    /// Stops a deployment and returns when its memory is free. Items that wait fail.
    ///
    /// - Throws: `unknownModel`, `notDeployed`.
    public func stop(_ id: String) async throws(InferenceError) {
        let deployment = try deployment(id)
        await deployment.stop()
        if deployments[id] === deployment { deployments[id] = nil }
        logger.info("stopped deployment", metadata: ["model": "\(id)"])
    }

    /// Stops all deployments.
    public func shutDown() async {
        for id in deployments.keys.sorted() { try? await stop(id) }
    }

    /// What a model's deployment has done; nil where there is none.
    public func statistics(_ id: String) -> DeploymentStatistics? { deployments[id]?.statistics }

    /// The same of all deployments, by id.
    public var statistics: [DeploymentStatistics] { deployments.values.map(\.statistics).sorted { $0.id < $1.id } }

    func deployment(_ id: String) throws(InferenceError) -> Deployment {
        if let deployment = deployments[id] { return deployment }
        _ = try model(id)
        throw .notDeployed(id: id)
    }

    nonisolated var preparationPool: BlockingPool { preparation }
}
