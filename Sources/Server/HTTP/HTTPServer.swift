public import ElasticsearchAPI
internal import Hummingbird
internal import HummingbirdCore
public import Indices
public import Inference
public import Logging
internal import NIOCore

/// The HTTP front of a node.
public struct HTTPServer: Sendable {
    /// Where the server listens, and what it lets in.
    public struct Configuration: Sendable {
        public var host: String
        /// 0 takes a free one.
        public var port: Int
        public var authentication: Authentication
        /// Connections on which nothing was asked for so long are closed. Clients keep theirs open for long.
        public var idleTimeout: Duration
        /// The nodes that `_reindex` may read from: `host:port`, with `*` for any run of characters.
        public var remoteReindexHosts: [String]
        /// The folders from which whole pictures may be shown.
        public var pictureFolders: [String]
        /// The hosts from which pictures may be fetched; none: documents name no URLs.
        public var pictureHosts: [String]

        public init(
            host: String = "127.0.0.1", port: Int = 9200, authentication: Authentication = Authentication(),
            idleTimeout: Duration = .seconds(600), remoteReindexHosts: [String] = [], pictureFolders: [String] = [],
            pictureHosts: [String] = []
        ) {
            self.host = host
            self.port = port
            self.authentication = authentication
            self.idleTimeout = idleTimeout
            self.remoteReindexHosts = remoteReindexHosts
            self.pictureFolders = pictureFolders
            self.pictureHosts = pictureHosts
        }
    }

    private let configuration: Configuration
    private let responder: APIResponder
    private let logger: Logger

    /// - Parameter version: what `GET /` says.
    public init(
        _ configuration: Configuration, indices: IndexRegistry, models: InferenceService, version: VersionInfo,
        logger: Logger
    ) {
        self.configuration = configuration
        self.logger = logger
        let handlers = Handlers(
            indices: indices, models: models, version: version, host: configuration.host, port: configuration.port,
            remoteHosts: RemoteHosts(configuration.remoteReindexHosts), pictureRoots: PictureRoots(configuration.pictureFolders),
            pictureFetcher: PictureFetcher(hosts: configuration.pictureHosts))
        responder = APIResponder(
            authentication: configuration.authentication, logger: logger, handler: { handlers.patientHandler(for: $0) })
    }

    /// Serves until the task is cancelled, or until the service group around it stops: then requests under way are finished.
    ///
    /// - Parameter onStart: called with the port once connections are taken.
    public func run(onStart: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        let application = Application(
            responder: responder,
            server: HTTPServerBuilder { responder in
                EventLoopChannel(
                    base: HTTP1Channel(
                        responder: responder,
                        configuration: .init(
                            additionalChannelHandlers: [ContinueHandler()],
                            idleTimeout: TimeAmount(configuration.idleTimeout))))
            },
            configuration: ApplicationConfiguration(address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { channel in await onStart(channel.localAddress?.port ?? 0) },
            logger: logger)
        try await application.run()
    }
}
