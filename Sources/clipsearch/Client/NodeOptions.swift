internal import ArgumentParser
internal import Files
internal import Foundation

/// The node that a command talks to.
struct NodeOptions: ParsableArguments {
    @Option(help: "The node's address; credentials may stand in it (http://user:password@host:9200), or an API key in CLIPSEARCH_API_KEY.")
    var url = "http://127.0.0.1:9200"

    @Option(name: .customLong("ca"), help: "A file of certificates (PEM) to trust besides the system's, for https addresses.")
    var authorities: String?

    func validate() throws {
        if let authorities, !Path.isFile(authorities) { throw ValidationError("There is no file \(authorities).") }
    }

    /// - Parameter environment: of the process.
    func client(environment: [String: String] = ProcessInfo.processInfo.environment) -> ElasticsearchClient {
        ElasticsearchClient(url: url, apiKey: environment["CLIPSEARCH_API_KEY"], authorities: authorities)
    }
}
