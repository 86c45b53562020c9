import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import JSON
import Logging
import NIOCore
import Synchronization

@testable import Hub

/// A hub on a socket of this machine, and beside it a server of another origin that keeps the large files, as the real one
/// has. It holds one repository and records what it is asked for.
final class FakeHub: Sendable {
    struct Repository: Sendable {
        var name = "acme/model"
        var commit = String(repeating: "c0ffee42", count: 5)
        var files: [String: [UInt8]] = [:]
        /// What the repository was called once; the hub still leads from there.
        var formerName: String?
        /// What is served for a file instead of what is listed.
        var served: [String: [UInt8]] = [:]
        /// Branches, tags.
        var revisions: Set<String> = ["main"]
        /// Needed to see it.
        var token: String?
        /// An answer to everything.
        var refusal: (status: Int, headers: [String: String])?
        /// After how many bytes the next answers with content break off.
        var interruptions: [Int] = []
        var knowsRanges = true
        /// Where large files are said to lie, instead of the other server.
        var redirect: String?
        /// What lists of files are followed by, instead of their next page.
        var next: String?
        /// What the list of files has besides.
        var extraEntries: [JSONValue] = []
    }

    struct Seen: Equatable, Sendable {
        var path: String
        var token: String?
        var range: String?
        var isElsewhere: Bool
    }

    private struct State {
        var repository: Repository
        var seen: [Seen] = []
        var ports: (hub: Int, elsewhere: Int) = (0, 0)
    }

    private static let pageSize = 3
    private let state: Mutex<State>

    private init(_ repository: Repository) { state = Mutex(State(repository: repository)) }

    var url: String { "http://127.0.0.1:\(state.withLock { $0.ports.hub })" }
    var seen: [Seen] { state.withLock { $0.seen } }
    /// What was fetched from the server of the large files.
    var fetched: [Seen] { seen.filter(\.isElsewhere) }

    var repository: Repository {
        get { state.withLock { $0.repository } }
        set { state.withLock { $0.repository = newValue } }
    }

    func endpoint(token: String? = nil) throws -> HubEndpoint { try HubEndpoint(url: url, token: token) }

    /// Runs `body` beside a hub with `repository`.
    static func serving(_ repository: Repository, _ body: @escaping @Sendable (FakeHub) async throws -> Void) async throws
    {
        let hub = FakeHub(repository)
        let (ports, port) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for isElsewhere in [false, true] {
                let application = Application(
                    responder: CallbackResponder<BasicRequestContext> { request, _ in
                        hub.answer(request, isElsewhere: isElsewhere)
                    },
                    configuration: .init(address: .hostname("127.0.0.1", port: 0)),
                    onServerRunning: { channel in
                        let number = channel.localAddress?.port ?? 0
                        hub.state.withLock {
                            if isElsewhere { $0.ports.elsewhere = number } else { $0.ports.hub = number }
                        }
                        port.yield()
                    }, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
                group.addTask { try await application.run() }
            }
            group.addTask {
                var iterator = ports.makeAsyncIterator()
                for _ in 0..<2 { await iterator.next() }
                try await body(hub)
            }
            try await group.next()
            group.cancelAll()
        }
    }

    // MARK: - Answers

    private func answer(_ request: Request, isElsewhere: Bool) -> Response {
        let path = request.uri.path.removingPercentEncoding ?? ""
        let token = request.headers[.authorization].map { String($0.dropFirst("Bearer ".count)) }
        let repository = state.withLock {
            $0.seen.append(Seen(path: path, token: token, range: request.headers[.range], isElsewhere: isElsewhere))
            return $0.repository
        }
        if isElsewhere { return content(String(path.dropFirst("/blobs/".count)), request) }
        if let refusal = repository.refusal { return Self.error(refusal.status, refusal.headers) }
        if let former = repository.formerName, path.contains("/\(former)/") {
            return Self.redirect(307, to: request.uri.string.replacing("/\(former)/", with: "/\(repository.name)/"))
        }
        let api = "/api/models/\(repository.name)", files = "/\(repository.name)/resolve/\(repository.commit)/"
        let cached = "/api/resolve-cache/models/\(repository.name)/\(repository.commit)/"
        guard repository.token == nil || repository.token == token, path.contains(repository.name) else {
            return Self.error(token == nil ? 401 : 404, ["X-Error-Code": "RepoNotFound"])
        }
        if path.hasPrefix("\(api)/revision/") {
            let revision = String(path.dropFirst("\(api)/revision/".count))
            guard repository.revisions.contains(revision) || revision == repository.commit else {
                return Self.error(404, ["X-Error-Code": "RevisionNotFound"])
            }
            return Self.json(["id": .string(repository.name), "sha": .string(repository.commit)])
        }
        if path == "\(api)/tree/\(repository.commit)", request.uri.queryParameters["recursive"] == "true" {
            return page(request.uri.queryParameters["cursor"].flatMap { Int($0) } ?? 0, of: repository)
        }
        if path.hasPrefix(files) {
            let file = String(path.dropFirst(files.count))
            guard repository.files[file] != nil else { return Self.error(404, ["X-Error-Code": "EntryNotFound"]) }
            // As the real one: what Git itself keeps from a cache at the same host, the rest from elsewhere.
            guard Self.isLarge(file) else { return Self.redirect(307, to: cached + file) }
            let elsewhere = "http://127.0.0.1:\(state.withLock { $0.ports.elsewhere })/blobs/\(file)?signature=secret"
            return Self.redirect(302, to: repository.redirect ?? elsewhere)
        }
        if path.hasPrefix(cached) { return content(String(path.dropFirst(cached.count)), request) }
        return Self.error(404, [:])
    }

    private func page(_ number: Int, of repository: Repository) -> Response {
        var entries: [JSONValue] = [["type": "directory", "oid": "0", "size": 0, "path": "1_Pooling"]]
        entries +=
            repository.files.sorted { $0.key < $1.key }.map { Self.entry($0.key, $0.value) } + repository.extraEntries
        let start = number * Self.pageSize, end = min(entries.count, start + Self.pageSize)
        var response = Self.json(.array(Array(entries[min(start, end)..<end])))
        let next = "/api/models/\(repository.name)/tree/\(repository.commit)?recursive=true&cursor=\(number + 1)"
        if end < entries.count || repository.next != nil {
            HTTPField.Name("Link").map { response.headers[$0] = "<\(repository.next ?? next)>; rel=\"next\"" }
        }
        return response
    }

    private func content(_ path: String, _ request: Request) -> Response {
        let (repository, cut) = state.withLock {
            ($0.repository, $0.repository.interruptions.isEmpty ? nil : $0.repository.interruptions.removeFirst())
        }
        guard let bytes = repository.served[path] ?? repository.files[path] else { return Self.error(404, [:]) }
        var start = 0
        if repository.knowsRanges, let range = request.headers[.range] {
            start = Int(range.dropFirst("bytes=".count).dropLast()) ?? 0
            guard start < bytes.count else { return Self.error(416, [:]) }
        }
        let part = ByteBuffer(bytes: bytes[start...])
        let body = ResponseBody(contentLength: part.readableBytes) { [cut] writer in
            if let cut {
                try await writer.write(part.getSlice(at: 0, length: min(cut, part.readableBytes)) ?? part)
                throw CancellationError()
            }
            try await writer.write(part)
            try await writer.finish(nil)
        }
        var response = Response(status: start > 0 ? .partialContent : .ok, body: body)
        if start > 0 { response.headers[.contentRange] = "bytes \(start)-\(bytes.count - 1)/\(bytes.count)" }
        return response
    }

    static func isLarge(_ path: String) -> Bool { path.hasSuffix(".safetensors") || path.hasSuffix(".bin") }

    private static func entry(_ path: String, _ bytes: [UInt8]) -> JSONValue {
        let size = JSONValue.int(bytes.count)
        let hex = { (digest: any Sequence<UInt8>) in digest.map { String(format: "%02x", $0) }.joined() }
        let oid = Insecure.SHA1.hash(data: Array("blob \(bytes.count)\0".utf8) + bytes)
        guard isLarge(path) else {
            return ["type": "file", "oid": .string(hex(oid)), "size": size, "path": .string(path)]
        }
        let lfs: JSONValue = ["oid": .string(hex(SHA256.hash(data: bytes))), "size": size, "pointerSize": 134]
        return ["type": "file", "oid": .string(hex(oid)), "size": size, "path": .string(path), "lfs": lfs]
    }

    private static func json(_ value: JSONValue) -> Response {
        let body = ByteBuffer(bytes: value.serialized())
        return Response(status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: body))
    }

    private static func error(_ status: Int, _ headers: [String: String]) -> Response {
        var response = Response(status: .init(code: status))
        for (name, value) in headers { HTTPField.Name(name).map { response.headers[$0] = value } }
        return response
    }

    private static func redirect(_ status: Int, to location: String) -> Response {
        let body = ByteBuffer(string: "Found")
        return Response(status: .init(code: status), headers: [.location: location], body: .init(byteBuffer: body))
    }
}

/// Runs `body` with the path of an empty folder, which is gone afterwards.
func withTemporaryFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hub-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
}

/// `count` bytes that are the same every time.
func someBytes(_ count: Int, seed: UInt8 = 1) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) &+ seed }
}
