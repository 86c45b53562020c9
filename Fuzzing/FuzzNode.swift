internal import ElasticsearchAPI
internal import Foundation
internal import Indices
internal import Inference
internal import Logging
internal import Server

/// A node in a folder in memory, to which requests go over a socket: the whole road that a client's bytes take.
///
/// Used from the fuzzer's one thread.
final class FuzzNode: @unchecked Sendable {
    /// Requests after which everything is made anew: mutated ones delete and change what the next ones are to find.
    private static let lifetime = 500

    private let connection: FuzzConnection
    private var requests = FuzzNode.lifetime

    init(folder: ScratchFolder) {
        let ports = Ports()
        let path = folder.path + "/node"
        Task.detached { try await Self.serve(path) { ports.put($0) } }
        connection = FuzzConnection(port: ports.take())
    }

    private static func serve(_ path: String, _ onStart: @escaping @Sendable (Int) -> Void) async throws {
        let log = Logger(label: "fuzz", factory: { _ in SwiftLogNoOpLogHandler() })
        let data = try DataDirectory(opening: path)
        let models = InferenceService(roots: [], storage: path, logger: log)
        let registry = try await IndexRegistry(
            opening: data, log: log, readQuery: { try QueryReader.query($0) }, models: models
        ) { id, _ in throw InferenceError.unknownModel(id: id) }
        let server = HTTPServer(
            .init(port: 0), indices: registry, models: models,
            version: VersionInfo(nodeName: "n", clusterName: "c", clusterID: "id"), logger: log)
        try await server.run { onStart($0) }
    }

    /// Sends `METHOD /path`, a newline, and a body. An answer of 500 is a crash: something was not foreseen.
    func send(_ input: [UInt8]) {
        renew()
        let end = input.firstIndex(of: UInt8(ascii: "\n")) ?? input.count
        let line = String(decoding: input[..<end], as: UTF8.self)
        guard let space = line.firstIndex(of: " ") else { return }
        let (method, path) = (line[..<space], line[line.index(after: space)...])
        guard Self.methods.contains(String(method)), path.utf8.first == UInt8(ascii: "/"),
            path.utf8.allSatisfy({ $0 > 32 && $0 < 127 }), !path.contains("_cluster/settings"),
            // It waits for half a minute if nothing else is said.
            !path.contains("_cluster/health") || path.contains("timeout=1ms")
        else { return }
        let status = connection.send(String(method), String(path), input[min(end + 1, input.count)...])
        if status == 500 { fatalError("500: \(line)") }
    }

    private static let methods: Set<String> = ["GET", "POST", "PUT", "DELETE", "HEAD"]

    private func renew() {
        requests += 1
        guard requests >= Self.lifetime else { return }
        requests = 0
        for (method, path, body) in FuzzRequests.preparation {
            let status = connection.send(method, path, Array(body.utf8)[...])
            guard status == 200 else { fatalError("\(status): \(method) \(path)") }
        }
    }
}

/// Hands a port from the server's task to the fuzzer's thread.
private final class Ports: @unchecked Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private var port = 0

    func put(_ port: Int) {
        self.port = port
        semaphore.signal()
    }

    func take() -> Int {
        semaphore.wait()
        return port
    }
}
