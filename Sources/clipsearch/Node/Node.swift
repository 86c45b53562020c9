internal import ElasticsearchAPI
internal import ImagePreprocessing
internal import Indices
internal import Inference
internal import Logging
internal import Server

/// All of ClipSearch put together: models, indices, and the HTTP front.
struct Node: Sendable {
    /// Where a running node takes connections.
    struct Address: Sendable {
        var host: String
        var port: Int

        var url: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }
    }

    let settings: Settings
    let models: InferenceService
    let registry: IndexRegistry
    private let log: Logger

    /// Opens the data directory and finds the models; starts none yet. Indices go on opening in the background.
    ///
    /// - Throws: `IndicesError`: the file that cannot be used is named.
    init(_ settings: Settings) async throws {
        var log = Logger(label: "clipsearch")
        log.logLevel = settings.logLevel
        let directory = try DataDirectory(opening: settings.dataPath)
        let models = InferenceService(
            roots: settings.modelPaths, storage: directory.path,
            decoder: ImageDecoder(appliesOrientation: settings.appliesOrientation), defaults: settings.inferenceDefaults, logger: log
        ) { ElasticsearchError($0)?.cause.reason ?? "\($0)" }
        registry = try await IndexRegistry(
            opening: directory, log: log, inBackground: true, readQuery: { try QueryReader.query($0) }, models: models
        ) { model, text in
            let embeddings = try await models.embed(texts: [text], model: model, purpose: .search)
            guard let embedding = embeddings.first else { throw InferenceError.noTextSide(id: model) }
            return embedding.vector
        }
        self.settings = settings
        self.models = models
        self.log = log
    }

    /// Deploys the models of the last run and of the settings (which must be there: `SettingsError.noSuchModel`), and takes requests until the service group around this task stops.
    ///
    /// - Parameter onStart: called once connections are taken and the models are started.
    func serve(onStart: @escaping @Sendable (Address) async -> Void) async throws {
        try await startModels()
        let server = HTTPServer(
            .init(
                host: settings.host, port: settings.port,
                authentication: Authentication(
                    username: settings.username, password: settings.password.isEmpty ? nil : settings.password,
                    apiKeys: settings.apiKeys),
                remoteReindexHosts: settings.remoteReindexHosts, pictureFolders: settings.pictureFolders,
                pictureHosts: settings.pictureHosts),
            indices: registry, models: models,
            version: VersionInfo(nodeName: "clipsearch", clusterName: "clipsearch", clusterID: registry.directory.nodeID),
            logger: log)
        let host = settings.host
        do {
            try await server.run { port in await onStart(Address(host: host, port: port)) }
        } catch {
            await close()
            throw error
        }
        await close()
    }

    /// Stops the models, and closes the indices with their last checkpoints.
    func close() async {
        await models.shutDown()
        await registry.close()
    }

    /// Those of the last run come back; one that cannot is in the log. One of the settings must start.
    private func startModels() async throws {
        try await models.restore()
        let restored = await models.statistics.map(\.id)
        let missing = settings.startedModels.filter { !restored.contains($0) }
        for id in missing {
            do {
                try await models.start(id)
            } catch {
                // A pattern of the case here is what this release of the compiler cannot compile.
                if error == .unknownModel(id: id) { throw SettingsError.noSuchModel(id, folders: settings.modelPaths) }
                throw error
            }
        }
        for id in missing { try await models.waitUntilStarted(id) }
        for id in restored {
            do {
                try await models.waitUntilStarted(id)
            } catch {
                let reason = ElasticsearchError(error)?.cause.reason ?? "\(error)"
                log.warning("deployment failed", metadata: ["deployment": "\(id)", "reason": "\(reason)"])
            }
        }
    }
}
