internal import ArgumentParser
internal import Configuration
internal import Foundation
internal import Inference
internal import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run a node.",
        discussion: """
            Settings come from a file, the environment and these flags, each overriding the one before; \
            config/clipsearch.yml tells all of them. Ctrl-C and SIGTERM stop the node gracefully.
            """)

    @Option(help: "The settings file. (default: config/clipsearch.yml, if it exists)")
    var config: String?

    @Option(help: "The address to listen on. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "The port to listen on, 0 for a free one. (default: 9200)")
    var port: Int?

    @Option(help: "The directory of the indices. (default: data)")
    var data: String?

    @Option(help: "A folder of models, besides those that come with ClipSearch. (default: models)")
    var models: String?

    @Option(help: "A folder that was imported, of which the page may show whole pictures; may be given several times.")
    var pictures: [String] = []

    @Option(help: "A host from which pictures may be fetched by URL, with * for any characters; may be given several times. (default: none)")
    var pictureHost: [String] = []

    func run() async throws {
        let settings = try await Settings(file: config, flags: flags)
        try settings.checkPictureFolders()
        let node: Node
        do {
            node = try await Node(settings)
        } catch {
            throw ExplainedError(error)
        }
        let service = NodeService(node: node)
        var log = Logger(label: "clipsearch")
        log.logLevel = settings.logLevel
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: log)
        // A client that never finishes its request does not keep the node from stopping.
        configuration.maximumGracefulShutdownDuration = .seconds(15)
        let group = ServiceGroup(configuration: configuration)
        try await group.run()
    }

    private var flags: [AbsoluteConfigKey: ConfigValue] {
        var flags: [AbsoluteConfigKey: ConfigValue] = [:]
        flags["http.host"] = host.map { ConfigValue(.string($0), isSecret: false) }
        flags["http.port"] = port.map { ConfigValue(.int($0), isSecret: false) }
        flags["path.data"] = data.map { ConfigValue(.string($0), isSecret: false) }
        flags["path.models"] = models.map { ConfigValue(.stringArray([$0, "Models"]), isSecret: false) }
        if !pictures.isEmpty { flags["path.pictures"] = ConfigValue(.stringArray(pictures), isSecret: false) }
        if !pictureHost.isEmpty { flags["pictures.allowed_hosts"] = ConfigValue(.stringArray(pictureHost), isSecret: false) }
        return flags
    }
}

struct ListeningError: Error, CustomStringConvertible {
    var host: String
    var port: Int
    var cause: String

    /// The system's words, where it was the system that refused.
    static func words(of error: any Error) -> String {
        (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
    }

    var description: String { "The node could not listen on \(host):\(port), or stopped: \(cause)" }
}

/// The node as a service: it runs until a signal comes.
private struct NodeService: Service {
    let node: Node

    func run() async throws {
        do {
            try await node.serve { address in
                FileHandle.standardOutput.write(Data("ClipSearch is listening on \(address.url)\n".utf8))
            }
        } catch let error as SettingsError {
            throw error
        } catch let error as InferenceError {
            throw ExplainedError(error)
        } catch {
            throw ListeningError(host: node.settings.host, port: node.settings.port, cause: ListeningError.words(of: error))
        }
    }
}
