import Files
import Foundation
import JSON
import Testing
import TestSupport

@testable import Hub

@Suite struct ModelPullTests {
    private static let weights = someBytes(300_000)
    private static let model = FakeHub.Repository(files: [
        ".gitattributes": someBytes(20), "README.md": someBytes(30), "config.json": Array("{}".utf8),
        "vocab.txt": someBytes(5000),
        "model.safetensors": weights, "pytorch_model.bin": someBytes(10), "onnx/model.onnx": someBytes(10),
        "1_Pooling/config.json": someBytes(7), "2_Dense/config.json": someBytes(8),
        "2_Dense/model.safetensors": someBytes(900),
    ])
    private static let wanted = [
        "1_Pooling/config.json", "2_Dense/config.json", "2_Dense/model.safetensors", "config.json", "model.safetensors",
        "vocab.txt",
    ]

    private static func pull(_ hub: FakeHub, revision: String = "main", token: String? = nil) async throws(HubError)
        -> ModelPull
    {
        try await ModelPull(
            RepositoryName(hub.repository.name), revision: revision, from: HubEndpoint(url: hub.url, token: token))
    }

    private static func contents(_ folder: String) throws -> [String: [UInt8]] {
        var contents: [String: [UInt8]] = [:]
        for path in try Directory.files(below: folder) {
            contents[path] = Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)")))
        }
        return contents
    }

    @Test func bringsWhatTheModelTakes() async throws {
        try await FakeHub.serving(Self.model) { hub in
            try await withTemporaryFolder { folder in
                let models = "\(folder)/new/models"
                var seen: [ModelPull.Progress] = []
                let outcome = try await Self.pull(hub).run(into: models, as: "acme__model", progress: { seen.append($0) })
                #expect(outcome == .pulled)
                let found = try Self.contents("\(models)/acme__model")
                #expect(found.keys.sorted() == Self.wanted)
                #expect(found.allSatisfy { Self.model.files[$0.key] == $0.value })
                // Nothing hidden is left.
                try #expect(Directory.names(in: models) == ["acme__model"])
                let total = found.values.map(\.count).reduce(0, +)
                #expect(seen.last == ModelPull.Progress(bytes: total, totalBytes: total))
                #expect(seen.map(\.bytes) == seen.map(\.bytes).sorted())
            }
        }
    }

    @Test func aFormerNameLeadsToTheModel() async throws {
        var model = Self.model
        model.formerName = "old/name"
        try await FakeHub.serving(model) { hub in
            try await withTemporaryFolder { models in
                let pull = try await ModelPull(
                    RepositoryName("old/name"), revision: "main", from: HubEndpoint(url: hub.url, token: "hf_secret"))
                #expect(try await pull.run(into: models, as: "m") == .pulled)
                #expect(Set(try Self.contents("\(models)/m").keys) == Set(Self.wanted))
                #expect(hub.fetched.count == 2 && hub.fetched.allSatisfy { $0.token == nil })
            }
        }
    }

    @Test func whatIsThereIsLeftAlone() async throws {
        try await FakeHub.serving(Self.model) { hub in
            try await withTemporaryFolder { models in
                _ = try await Self.pull(hub).run(into: models, as: "m")
                let before = hub.seen.count
                #expect(try await Self.pull(hub).run(into: models, as: "m") == .unchanged)
                #expect(hub.seen[before...].allSatisfy { $0.path.hasPrefix("/api/models/") })
            }
        }
    }

    @Test func anotherRevisionReplacesOnlyWhenAsked() async throws {
        try await FakeHub.serving(Self.model) { hub in
            try await withTemporaryFolder { models in
                _ = try await Self.pull(hub).run(into: models, as: "m")
                hub.repository.commit = String(repeating: "a", count: 40)
                hub.repository.files["vocab.txt"] = someBytes(5000, seed: 9)
                await #expect(throws: HubError.differs(folder: "\(models)/m", path: "vocab.txt")) {
                    try await Self.pull(hub).run(into: models, as: "m")
                }
                #expect(try Self.contents("\(models)/m")["vocab.txt"] == someBytes(5000))
                #expect(try await Self.pull(hub).run(into: models, as: "m", replaces: true) == .pulled)
                #expect(try Self.contents("\(models)/m")["vocab.txt"] == someBytes(5000, seed: 9))
                try #expect(Directory.names(in: models) == ["m"])
            }
        }
    }

    @Test func goesOnWhereAnEarlierRunStopped() async throws {
        var model = Self.model
        model.served["model.safetensors"] = Array(Self.weights[..<200_000])
        try await FakeHub.serving(model) { hub in
            try await withTemporaryFolder { models in
                await #expect(
                    throws: HubError.lengthMismatch(path: "model.safetensors", expected: 300_000, found: 200_000)
                ) {
                    try await Self.pull(hub).run(into: models, as: "m")
                }
                // Not a model yet: what has come waits out of sight.
                try #expect(Directory.names(in: models).allSatisfy { $0.hasPrefix(".") })
                let before = hub.seen.count
                hub.repository.served = [:]
                var first: ModelPull.Progress?
                _ = try await Self.pull(hub).run(into: models, as: "m", progress: { first = first ?? $0 })
                #expect(first == ModelPull.Progress(bytes: 0, totalBytes: 100_000))
                #expect(try Self.contents("\(models)/m")["model.safetensors"] == Self.weights)
                let fetched = hub.seen[before...].filter { !$0.path.hasPrefix("/api/models/") }
                #expect(fetched.allSatisfy { $0.path.hasSuffix("model.safetensors") && $0.range == "bytes=200000-" })
            }
        }
    }

    @Test func whatWasBegunOfAnotherCommitIsDropped() async throws {
        var model = Self.model
        model.served["model.safetensors"] = [1, 2, 3]
        try await FakeHub.serving(model) { hub in
            try await withTemporaryFolder { models in
                #expect(await thrownCase { try await Self.pull(hub).run(into: models, as: "m") } == "lengthMismatch")
                hub.repository.commit = String(repeating: "b", count: 40)
                #expect(await thrownCase { try await Self.pull(hub).run(into: models, as: "m") } == "lengthMismatch")
                try #expect(Directory.names(in: "\(models)/.pulls/m") == [hub.repository.commit])
            }
        }
    }

    @Test func theCheckSeesTheDescriptionsBeforeTheWeightsCome() async throws {
        struct Refused: Error {}
        try await FakeHub.serving(Self.model) { hub in
            try await withTemporaryFolder { models in
                await #expect(throws: Refused.self) {
                    try await Self.pull(hub).run(
                        into: models, as: "m",
                        check: { folder in
                            let files = try Self.contents(folder)
                            #expect(files["config.json"] == Array("{}".utf8))
                            #expect(files["model.safetensors"] == [])
                            throw Refused()
                        })
                }
                #expect(hub.fetched.isEmpty)
                try #expect(Directory.names(in: models).isEmpty)
            }
        }
    }

    @Test func onePullOfAModelAtATime() async throws {
        try await FakeHub.serving(Self.model) { hub in
            try await withTemporaryFolder { models in
                let lock = try FileLock(directory: "\(models)/.pulls/m")
                await #expect(throws: HubError.busy(folder: "\(models)/.pulls/m")) {
                    try await Self.pull(hub).run(into: models, as: "m")
                }
                #expect(try await Self.pull(hub).run(into: models, as: "other") == .pulled)
                withExtendedLifetime(lock) {}
            }
        }
    }

    @Test(arguments: ["", "..", ".hidden", "a/b", "Upper", "a b", "a_", "-a", String(repeating: "a", count: 65)])
    func foldersHaveTheNamesOfModels(id: String) async throws {
        try await FakeHub.serving(Self.model) { hub in
            try await withTemporaryFolder { models in
                await #expect(throws: HubError.invalidID(id)) {
                    try await Self.pull(hub).run(into: models, as: id)
                }
                try #expect(Directory.names(in: models).isEmpty)
            }
        }
    }

    @Test func aFileInTheWayIsNamed() async throws {
        try await FakeHub.serving(Self.model) { hub in
            try await withTemporaryFolder { folder in
                let models = "\(folder)/models"
                try Data().write(to: URL(fileURLWithPath: models))
                await #expect(throws: HubError.file(FileError(.inspect, path: "\(models)/m", code: ENOTDIR))) {
                    try await Self.pull(hub).run(into: models, as: "m")
                }
            }
        }
    }

    @Test func moreThanTheDiskHoldsIsNotBegun() async throws {
        var model = Self.model
        let size = 60 << 30
        model.files["model.safetensors"] = nil
        model.extraEntries = [
            [
                "type": "file", "path": "model.safetensors", "oid": "0", "size": .int(size),
                "lfs": ["oid": .string(String(repeating: "0", count: 64)), "size": .int(size)],
            ]
        ]
        try await FakeHub.serving(model) { hub in
            try await withTemporaryFolder { models in
                guard let free = Directory.freeBytes(at: models), free < size else { return }
                let error = await #expect(throws: HubError.self) { try await Self.pull(hub).run(into: models, as: "m") }
                guard case .notEnoughSpace(_, let needed, _)? = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(needed > size)
                #expect(hub.fetched.isEmpty)
            }
        }
    }
}
