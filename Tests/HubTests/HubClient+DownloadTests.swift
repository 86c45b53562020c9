import Crypto
import Foundation
import Testing

@testable import Hub

@Suite struct HubClientDownloadTests {
    private static let content = someBytes(200_000)
    private static let path = "model.safetensors"

    /// Downloads the one large file of a hub and returns what is on disk.
    private static func download(
        _ repository: FakeHub.Repository, present: [UInt8] = [], token: String? = nil,
        _ check: @escaping @Sendable (FakeHub, [UInt8], HubError?) throws -> Void
    ) async throws {
        var repository = repository
        repository.files["config.json"] = [1]
        repository.files[path] = content
        try await FakeHub.serving(repository) { hub in
            try await withTemporaryFolder { folder in
                let client = HubClient(
                    endpoint: try hub.endpoint(token: token), model: try RepositoryName(hub.repository.name),
                    revision: "main")
                let tree = try await client.resolvedRevision()
                let file = try #require(tree.files.first { $0.path == path })
                let place = "\(folder)/partial"
                try Data(present).write(to: URL(fileURLWithPath: place))
                var failure: HubError?
                do throws(HubError) {
                    try await client.download(file, of: tree.commit, to: place) { _ in }
                } catch {
                    failure = error
                }
                try check(hub, Array(Data(contentsOf: URL(fileURLWithPath: place))), failure)
            }
        }
    }

    @Test func theTokenStaysWithItsOrigin() async throws {
        try await Self.download(.init(token: "hf_secret"), token: "hf_secret") { hub, found, error in
            #expect(error == nil && found == Self.content)
            #expect(hub.seen.filter { !$0.isElsewhere }.allSatisfy { $0.token == "hf_secret" })
            #expect(hub.fetched.count == 1 && hub.fetched.allSatisfy { $0.token == nil })
        }
    }

    @Test func aBrokenTransferIsTakenUp() async throws {
        try await Self.download(.init(interruptions: [90_000, 50_000])) { hub, found, error in
            #expect(error == nil && found == Self.content)
            // How much of what was sent before the break is seen is for the network to say.
            let starts = hub.fetched.map { Int($0.range?.dropFirst("bytes=".count).dropLast() ?? "0") ?? -1 }
            #expect(starts.count == 3 && starts == starts.sorted() && starts[0] == 0 && starts[2] <= 140_000)
        }
    }

    @Test func aTransferThatBringsNothingIsGivenUp() async throws {
        try await Self.download(.init(interruptions: Array(repeating: 0, count: 99))) { hub, found, error in
            guard case .unreachable("127.0.0.1", _)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(hub.fetched.count == 21 && found.isEmpty)
        }
    }

    @Test func whatIsThereIsNotFetchedAgain() async throws {
        try await Self.download(.init(), present: Self.content) { hub, found, error in
            #expect(error == nil && found == Self.content && hub.fetched.isEmpty)
        }
    }

    @Test func aServerWithoutRangesStartsAnew() async throws {
        try await Self.download(.init(knowsRanges: false), present: Array(Self.content[..<1000])) { _, found, error in
            #expect(error == nil && found == Self.content)
        }
    }

    @Test func aDamagedBeginningIsFetchedAgain() async throws {
        try await Self.download(.init(), present: someBytes(1000, seed: 77)) { hub, found, error in
            #expect(error == nil && found == Self.content)
            #expect(hub.fetched.map(\.range) == ["bytes=1000-", nil])
        }
    }

    @Test func tooLongABeginningIsFetchedAgain() async throws {
        try await Self.download(.init(), present: Self.content + [1]) { hub, found, error in
            #expect(error == nil && found == Self.content && hub.fetched.map(\.range) == [nil])
        }
    }

    @Test func damagedContentIsNotKept() async throws {
        var damaged = Self.content
        damaged[1234] ^= 1
        let sha = SHA256.hash(data: damaged).map { String(format: "%02x", $0) }.joined()
        try await Self.download(.init(served: [Self.path: damaged])) { _, found, error in
            guard case .checksumMismatch(Self.path, _, .sha256(sha))? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(found.isEmpty)
        }
    }

    @Test func tooMuchAndTooLittleIsSaid() async throws {
        try await Self.download(.init(served: [Self.path: Self.content + [0]])) { _, _, error in
            guard case .lengthMismatch(Self.path, 200_000, let found)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(found > 200_000)
        }
        try await Self.download(.init(served: [Self.path: [1, 2]])) { _, _, error in
            #expect(error == .lengthMismatch(path: Self.path, expected: 200_000, found: 2))
        }
    }

    @Test(arguments: ["file:///etc/passwd", "ftp://127.0.0.1/x", "//", "http://"])
    func redirectsElsewhereThanToTheWebAreNotFollowed(target: String) async throws {
        try await Self.download(.init(redirect: target)) { hub, found, error in
            guard case .unsafeRedirect(_, target)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(found.isEmpty)
        }
    }

    @Test func redirectsEnd() async throws {
        try await Self.download(.init(redirect: "model.safetensors")) { hub, _, error in
            guard case .tooManyRedirects? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }
}
