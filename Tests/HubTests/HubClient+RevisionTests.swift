import JSON
import Testing

@testable import Hub

@Suite struct HubClientRevisionTests {
    private static let files = Dictionary(uniqueKeysWithValues: (0..<10).map { ("file \($0)ä.json", [UInt8($0)]) })

    private static func resolve(
        _ repository: FakeHub.Repository, model: String = "acme/model", revision: String = "main", token: String? = nil,
        _ check: @escaping @Sendable (FakeHub, Result<HubRevision, HubError>) throws -> Void
    ) async throws {
        try await FakeHub.serving(repository) { hub in
            let client = HubClient(
                endpoint: try hub.endpoint(token: token), model: try RepositoryName(model), revision: revision)
            let result: Result<HubRevision, HubError>
            do throws(HubError) {
                result = .success(try await client.resolvedRevision())
            } catch {
                result = .failure(error)
            }
            try check(hub, result)
        }
    }

    @Test func allPagesAreRead() async throws {
        try await Self.resolve(.init(files: Self.files)) { hub, result in
            let revision = try result.get()
            #expect(revision.commit == hub.repository.commit)
            #expect(Set(revision.files.map(\.path)) == Set(Self.files.keys))
            #expect(hub.seen.count == 1 + 4)
        }
    }

    @Test(arguments: ["v1.0", "refs/pr/3", "a branch?#%"])
    func revisionsAreEscaped(name: String) async throws {
        try await Self.resolve(.init(revisions: [name]), revision: name) { _, result in
            #expect(throws: Never.self) { try result.get() }
        }
    }

    @Test(arguments: ["", ".", "a..b", "a\nb", String(repeating: "r", count: 257)])
    func whatIsNoRevisionIsNotAsked(name: String) async throws {
        try await Self.resolve(.init(), revision: name) { hub, result in
            #expect(result == .failure(.invalidRevision(name)))
            #expect(hub.seen.isEmpty)
        }
    }

    @Test func unknownRevision() async throws {
        try await Self.resolve(.init(), revision: "v9") { _, result in
            let model = try RepositoryName("acme/model")
            #expect(result == .failure(.revisionNotFound("v9", of: model)))
        }
    }

    @Test(arguments: [nil, "token"])
    func unknownModel(token: String?) async throws {
        try await Self.resolve(.init(), model: "acme/nothing", token: token) { _, result in
            let model = try RepositoryName("acme/nothing")
            #expect(result == .failure(.modelNotFound(model, host: "127.0.0.1", withToken: token != nil)))
        }
    }

    @Test func hubsWithoutErrorCodes() async throws {
        try await Self.resolve(.init(refusal: (404, [:]))) { _, result in
            let model = try RepositoryName("acme/model")
            #expect(result == .failure(.modelNotFound(model, host: "127.0.0.1", withToken: false)))
        }
    }

    @Test(arguments: [(401, nil), (403, "token")])
    func gated(status: Int, token: String?) async throws {
        try await Self.resolve(.init(refusal: (status, ["X-Error-Code": "GatedRepo"])), token: token) { hub, result in
            let model = try RepositoryName("acme/model")
            #expect(result == .failure(.gated(model, page: "\(hub.url)/acme/model", withToken: token != nil)))
        }
    }

    @Test func refusedToken() async throws {
        let headers = ["X-Error-Message": "Invalid credentials in Authorization header"]
        try await Self.resolve(.init(refusal: (401, headers)), token: "old") { _, result in
            #expect(result == .failure(.tokenRefused(host: "127.0.0.1")))
        }
    }

    @Test func otherRefusalsSpeakForThemselves() async throws {
        try await Self.resolve(.init(refusal: (429, ["X-Error-Message": "slow down"]))) { hub, result in
            let url = "\(hub.url)/api/models/acme/model/revision/main"
            #expect(result == .failure(.refused(url: url, status: 429, reason: "slow down")))
        }
    }

    @Test func aListWithoutAnEnd() async throws {
        try await Self.resolve(.init(files: ["a": [1]], next: "?recursive=true")) { _, result in
            guard case .failure(.unexpectedAnswer(_, let reason)) = result else {
                Issue.record("\(result)")
                return
            }
            #expect(reason.contains("does not end"))
        }
    }

    @Test(
        arguments: [
            ["type": "file", "path": "x"], ["type": "file", "path": "x", "size": 1, "oid": "short"],
            ["type": "file", "path": "x", "size": -1, "oid": .string(String(repeating: "a", count: 40))],
            [
                "type": "file", "path": "x", "size": 1,
                "lfs": ["oid": .string(String(repeating: "a", count: 40)), "size": 1],
            ],
        ] as [JSONValue])
    func filesWithoutChecksumAreNotTaken(entry: JSONValue) async throws {
        try await Self.resolve(.init(extraEntries: [entry])) { _, result in
            guard case .failure(.unexpectedAnswer(_, let reason)) = result else {
                Issue.record("\(result)")
                return
            }
            #expect(reason.contains("checksum"))
        }
    }

    @Test func nobodyThere() async throws {
        // Port 1 of this machine: refused at once.
        let client = HubClient(
            endpoint: try HubEndpoint(url: "http://127.0.0.1:1"), model: try RepositoryName("acme/model"),
            revision: "main")
        let error = await #expect(throws: HubError.self) { try await client.resolvedRevision() }
        guard case .unreachable("127.0.0.1", let reason)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason == "Connection refused")
    }
}
