public import ImagePreprocessing
public import Logging
public import MatrixKernels
internal import Threads

/// The models on disk, the deployments that serve them, and other names that models go by.
public actor InferenceService {
    /// Makes the encoders of a model.
    public typealias Loader = @Sendable (Model, DeploymentConfiguration) throws(ModelLoadingError) -> LoadedModel

    /// A deployment, and what was deployed.
    struct Served {
        let model: Model
        let deployment: Deployment
        /// As it was asked for; the deployment has the service's defaults in it.
        var configuration: DeploymentConfiguration
        /// Whether it is to come back after a restart.
        let isLasting: Bool
    }

    /// Errors in words, for the log.
    public typealias Wording = @Sendable (any Error) -> String

    let loader: Loader
    let logger: Logger
    let wording: Wording
    let defaults: Defaults
    let uploads: ModelUploads?
    private let roots: [String]
    private let store: InferenceStore?
    private let preparation: BlockingPool
    /// Of its own, so that a long upload keeps no picture waiting.
    private let uploading = BlockingPool(threads: 1, name: "upload")
    /// Models whose files are being changed, by id.
    private var changing: Set<String> = []
    /// Deployments of the last run that could not be brought back; they are not forgotten.
    private var absent: [InferenceStore.Deployment] = []
    private var isShutDown = false
    private(set) var catalog: ModelCatalog
    private(set) var served: [String: Served] = [:]
    public private(set) var aliases: [String: String] = [:]

    /// What a deployment gets that does not say what it wants.
    public struct Defaults: Sendable {
        /// For the encoders; nil takes all cores.
        public var threads: Int?
        public var precision: Precision

        public init(threads: Int? = nil, precision: Precision = .standard) {
            self.threads = threads
            self.precision = precision
        }
    }

    /// - Parameters:
    ///   - roots: the models directories; of two models with one id the one in the earlier directory counts.
    ///   - storage: the folder that keeps models that come over the API, and which models were deployed. Nil: they are
    ///     refused, and nothing comes back after a restart.
    ///   - decoder: how pictures are decoded.
    ///   - preparationThreads: for tokenizing long texts, and for decoding and resizing; nil takes one a processor, and two
    ///     at least.
    public init(
        roots: [String], storage: String? = nil, decoder: ImageDecoder = ImageDecoder(), preparationThreads: Int? = nil,
        defaults: Defaults = Defaults(), logger: Logger, wording: @escaping Wording = { "\($0)" }
    ) {
        self.init(
            roots: roots, storage: storage, preparationThreads: preparationThreads, defaults: defaults, logger: logger,
            wording: wording
        ) { model, configuration throws(ModelLoadingError) in
            try LoadedModel(model, configuration, decoder: decoder)
        }
    }

    /// - Parameter loader: makes the encoders; runs on the deployment's own thread.
    public init(
        roots: [String], storage: String? = nil, preparationThreads: Int? = nil, defaults: Defaults = Defaults(),
        logger: Logger, wording: @escaping Wording = { "\($0)" }, loader: @escaping Loader
    ) {
        self.roots = roots
        self.defaults = defaults
        self.loader = loader
        self.logger = logger
        self.wording = wording
        uploads = storage.map { ModelUploads(folder: "\($0)/models") }
        store = storage.map { InferenceStore(path: "\($0)/inference.json") }
        preparation = BlockingPool(threads: preparationThreads, name: "prepare")
        catalog = ModelCatalog(uploads: uploads?.all() ?? [], roots: roots)
        Self.log(catalog.problems, logger, wording)
    }

    // MARK: - models

    /// All models that can be deployed, by id.
    public var models: [Model] { catalog.models.values.sorted { $0.id < $1.id } }

    /// Models of which something is still to come, by id.
    public var incompleteModels: [UploadedModel] { catalog.incomplete.values.sorted { $0.id < $1.id } }

    /// Folders that look like models and are none.
    public var problems: [ModelCatalog.Problem] { catalog.problems }

    /// Looks at the models directories again. Deployments go on.
    public func rescan() async {
        let (uploads, roots, known) = (uploads, roots, catalog)
        let found = await preparation.run { ModelCatalog(uploads: uploads?.all() ?? [], roots: roots, known: known) }
        Self.log(found.problems.filter { !known.problems.contains($0) }, logger, wording)
        catalog = found
    }

    private static func log(_ problems: [ModelCatalog.Problem], _ logger: Logger, _ wording: Wording) {
        for problem in problems {
            let reason =
                switch problem.reason {
                case .layout(let error): wording(error)
                case .duplicate(let id, let folder): "[\(folder)] is [\(id)] already"
                }
            logger.warning(
                "folder is not a usable model", metadata: ["folder": "\(problem.folder)", "reason": "\(reason)"])
        }
    }

    /// - Parameter name: the model's id, or an alias.
    /// - Throws: `unknownModel`; `noDefinition` or `noVocabulary` where something is still to come; `definitionRefused`
    ///   where it is all there and cannot be run.
    public func model(_ name: String) throws(InferenceError) -> Model {
        let id = aliases[name] ?? name
        if let model = catalog.models[id] { return model }
        guard let incomplete = catalog.incomplete[id] else {
            if case .layout(let error)? = catalog.problems.first(where: { $0.id == id })?.reason {
                throw .unusableFolder(id: id, error)
            }
            throw .unknownModel(id: name)
        }
        if let error = catalog.refused[id] { throw .definitionRefused(id: id, error) }
        throw incomplete.hasDefinition ? .noVocabulary(id: id) : .noDefinition(id: id)
    }

    /// Whether there is a model of this id, deployable or not.
    func hasModel(_ id: String) -> Bool { catalog.models[id] != nil || catalog.incomplete[id] != nil }

    // MARK: - changes

    /// - Throws: `modelIsChanging` where another request is at the model's files.
    func beginChange(of id: String) throws(InferenceError) {
        guard changing.insert(id).inserted else { throw .modelIsChanging(id: id) }
    }

    func endChange(of id: String) { changing.remove(id) }

    func checkUnchanging(_ id: String) throws(InferenceError) {
        if changing.contains(id) { throw .modelIsChanging(id: id) }
    }

    // MARK: - what is kept

    /// Brings back the aliases and deployments of the last run. What cannot be brought back is logged, and tried again at the
    /// next start.
    ///
    /// - Throws: `InferenceError.file` where the file that names them cannot be read.
    public func restore() async throws(InferenceError) {
        guard let kept = try store?.load() else { return }
        aliases = kept.aliases
        for deployment in kept.deployments {
            do throws(InferenceError) {
                try await start(
                    deployment.modelID, as: deployment.id, deployment.configuration, isLasting: true, isSaved: true)
            } catch {
                absent.append(deployment)
                logger.warning(
                    "deployment does not come back", metadata: ["deployment": "\(deployment.id)", "reason": "\(wording(error))"])
            }
        }
    }

    /// Writes down what there is.
    func keep() throws(InferenceError) { try keep(aliases, served) }

    func setAlias(_ alias: String, to modelID: String?) throws(InferenceError) {
        var changed = aliases
        changed[alias] = modelID
        try keep(changed, served)
        aliases = changed
    }

    /// - Parameter isSaved: the file says so already.
    func setServed(_ id: String, to served: Served?, isSaved: Bool = false) throws(InferenceError) {
        var changed = self.served
        changed[id] = served
        if !isSaved { try keep(aliases, changed) }
        self.served = changed
    }

    /// From now on nothing is written down any more: the deployments end, and are to come back.
    func beginShutDown() { isShutDown = true }

    private func keep(_ aliases: [String: String], _ served: [String: Served]) throws(InferenceError) {
        // One that failed is to be started by hand again.
        let lasting = served.values.filter { $0.isLasting && $0.deployment.state != .failed }
        let deployments = lasting.map { served in
            InferenceStore.Deployment(
                id: served.deployment.id, modelID: served.model.id, configuration: served.configuration)
        }
        guard !isShutDown else { return }
        absent.removeAll { served[$0.id] != nil }
        try store?.save(InferenceStore.Content(aliases: aliases, deployments: deployments + absent))
    }

    nonisolated var preparationPool: BlockingPool { preparation }
    nonisolated var uploadPool: BlockingPool { uploading }
}
