import Encoders
import Foundation
import JSON
import TestSupport
import Testing

@testable import Inference

@Suite(.timeLimit(.minutes(10))) struct InferenceServiceUploadsTests {
    private static let archives = "\(Repository.root)/Tests/Fixtures/torchscript"

    private func bytes(_ model: String, _ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: "\(Self.archives)/\(model)/\(name)")))
    }

    private func service(_ storage: String) -> InferenceService {
        InferenceService(roots: [Repository.small], storage: storage, logger: .silent)
    }

    private func parts(of bytes: [UInt8], count: Int) -> [DefinitionPart] {
        let length = (bytes.count + count - 1) / count
        return (0..<count).map { number in
            DefinitionPart(
                number: number, count: count, totalLength: bytes.count,
                bytes: Array(bytes[(number * length)..<min(bytes.count, (number + 1) * length)]))
        }
    }

    private func upload(_ model: String, as id: String, to service: InferenceService) async throws {
        let configuration = JSONValue(try JSONDocument(parsing: try bytes(model, "model.json")).root)
        _ = try await service.createModel(id, configuration: configuration)
        for part in parts(of: try bytes(model, "definition.pt"), count: 3) {
            try await service.putDefinitionPart(part, of: id)
        }
        try await service.putVocabulary(try bytes(model, "vocabulary.json"), of: id)
    }

    @Test func anUploadedModelServes() async throws {
        try await withTemporaryFolder { folder in
            let service = service(folder)
            try await upload("distilbert-dense", as: "uploaded", to: service)
            try await service.start("uploaded")
            try await service.waitUntilStarted("uploaded")
            let vector = try await service.embed(texts: ["a cat"], model: "uploaded")[0].vector
            #expect(vector.count == (await service.models.first { $0.id == "uploaded" })?.textDimensions)
            await service.shutDown()
            // Another process finds it.
            let other = self.service(folder)
            #expect(await other.models.contains { $0.id == "uploaded" })
        }
    }

    @Test func stepsThatAreMissingAreNamed() async throws {
        try await withTemporaryFolder { folder in
            let service = service(folder), archive = try bytes("distilbert-dense", "definition.pt")
            await #expect(throws: InferenceError.unknownModel(id: "m")) {
                try await service.putDefinitionPart(parts(of: archive, count: 1)[0], of: "m")
            }
            await #expect(throws: InferenceError.unknownModel(id: "m")) { try await service.putVocabulary([], of: "m") }
            await #expect(throws: InferenceError.modelIsNoUpload(id: "clip")) {
                try await service.putVocabulary([], of: "clip")
            }
            _ = try await service.createModel("m", configuration: ["inference_config": ["text_embedding": [:]]])
            await #expect(throws: InferenceError.noDefinition(id: "m")) { try await service.start("m") }
            for part in parts(of: archive, count: 2) { try await service.putDefinitionPart(part, of: "m") }
            await #expect(throws: InferenceError.noVocabulary(id: "m")) { try await service.start("m") }
            #expect(await service.incompleteModels.map(\.id) == ["m"])
            // As a client repeats what it thinks was lost.
            await #expect(throws: InferenceError.definitionExists(id: "m")) {
                try await service.putDefinitionPart(parts(of: archive, count: 2)[1], of: "m")
            }
            try await service.putVocabulary(try bytes("distilbert-dense", "vocabulary.json"), of: "m")
            #expect(await service.incompleteModels.isEmpty)
            await #expect(throws: InferenceError.definitionExists(id: "m")) {
                try await service.putDefinitionPart(parts(of: archive, count: 1)[0], of: "m")
            }
            await #expect(throws: InferenceError.vocabularyExists(id: "m")) {
                try await service.putVocabulary([], of: "m")
            }
        }
    }

    @Test func partsComeInOrderAndMayComeTwice() async throws {
        try await withTemporaryFolder { folder in
            let service = service(folder), parts = parts(of: try bytes("distilbert-dense", "definition.pt"), count: 4)
            let configuration = JSONValue(try JSONDocument(parsing: try bytes("distilbert-dense", "model.json")).root)
            _ = try await service.createModel("m", configuration: configuration)
            await #expect(throws: InferenceError.partOutOfOrder(id: "m", part: 2, expected: 0)) {
                try await service.putDefinitionPart(parts[2], of: "m")
            }
            for index in [0, 1, 2, 1, 1, 2] { try await service.putDefinitionPart(parts[index], of: "m") }
            let short = DefinitionPart(
                number: 3, count: 4, totalLength: parts[3].totalLength, bytes: Array(parts[3].bytes.dropLast()))
            await #expect(
                throws: InferenceError.definitionLength(
                    id: "m", expected: short.totalLength, found: short.totalLength - 1)
            ) { try await service.putDefinitionPart(short, of: "m") }
            try await service.putDefinitionPart(parts[3], of: "m")
            let written = try Data(contentsOf: URL(filePath: "\(folder)/models/m/definition.pt"))
            #expect([UInt8](written) == (try bytes("distilbert-dense", "definition.pt")))
        }
    }

    @Test func aDefinitionThatCannotBeRunIsDropped() async throws {
        try await withTemporaryFolder { folder in
            let service = service(folder)
            _ = try await service.createModel("m", configuration: ["inference_config": ["text_embedding": [:]]])
            let part = DefinitionPart(number: 0, count: 1, totalLength: 5, bytes: Array("hello".utf8))
            for _ in 0..<2 {
                do {
                    try await service.putDefinitionPart(part, of: "m")
                    Issue.record("it was taken")
                } catch InferenceError.definitionRefused(let id, .archive) {
                    #expect(id == "m")
                }
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/models/m") == ["model.json"])
        }
    }

    @Test func whatIsNotAnUploadIsLeftAlone() async throws {
        try await withTemporaryFolder { folder in
            let other = "\(folder)/models/m/weights"
            try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
            await #expect(throws: InferenceError.folderInTheWay("\(folder)/models/m")) {
                try await service(folder).createModel("m", configuration: [:])
            }
            #expect(FileManager.default.fileExists(atPath: other))
        }
    }

    @Test func aModelHasOneChangeAtATime() async throws {
        try await withTemporaryFolder { folder in
            let service = service(folder)
            try await service.beginChange(of: "m")
            await #expect(throws: InferenceError.modelIsChanging(id: "m")) {
                try await service.createModel("m", configuration: [:])
            }
            await #expect(throws: InferenceError.modelIsChanging(id: "m")) { try await service.deleteModel("m", force: true) }
            try await service.beginChange(of: "clip")
            await #expect(throws: InferenceError.modelIsChanging(id: "clip")) { try await service.start("clip") }
            await service.endChange(of: "m")
            _ = try await service.createModel("m", configuration: [:])
        }
    }

    @Test func concurrentCreationsMakeOneModel() async throws {
        try await withTemporaryFolder { folder in
            let service = service(folder)
            let made = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask { (try? await service.createModel("m", configuration: [:])) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(made == 1)
        }
    }

    @Test func aCompleteUploadThatCannotBeRunIsSeenAndDeleted() async throws {
        try await withTemporaryFolder { folder in
            try await upload("distilbert-dense", as: "m", to: service(folder))
            try Data("other".utf8).write(to: URL(filePath: "\(folder)/models/m/definition.pt"))
            let service = service(folder)
            #expect(await service.incompleteModels.map(\.id) == ["m"])
            do {
                try await service.start("m")
                Issue.record("it started")
            } catch InferenceError.definitionRefused {}
            await #expect(throws: InferenceError.modelExists(id: "m")) {
                try await service.createModel("m", configuration: [:])
            }
            try await service.deleteModel("m", force: false)
            #expect(await service.incompleteModels.isEmpty)
        }
    }

    @Test func idsAreUnique() async throws {
        try await withTemporaryFolder { folder in
            let service = service(folder)
            let configuration: JSONValue = ["inference_config": ["text_embedding": [:]]]
            await #expect(throws: InferenceError.modelExists(id: "clip")) {
                try await service.createModel("clip", configuration: configuration)
            }
            try await service.putAlias("other", of: "clip", reassigns: false)
            await #expect(throws: InferenceError.modelIDIsAlias(id: "other")) {
                try await service.createModel("other", configuration: configuration)
            }
            try await service.start("clip", as: "deployed")
            await #expect(throws: InferenceError.modelIDIsDeployment(id: "deployed")) {
                try await service.createModel("deployed", configuration: configuration)
            }
            _ = try await service.createModel("m", configuration: configuration)
            await #expect(throws: InferenceError.modelExists(id: "m")) {
                try await service.createModel("m", configuration: configuration)
            }
            await service.shutDown()
        }
    }

    @Test func deletion() async throws {
        try await withTemporaryFolder { folder in
            let service = service(folder)
            try await upload("distilbert-dense", as: "m", to: service)
            try await service.putAlias("alias", of: "m", reassigns: false)
            try await service.start("m")
            await #expect(throws: InferenceError.modelIsDeployed(id: "m")) { try await service.deleteModel("m", force: false) }
            try await service.deleteModel("m", force: true)
            #expect(await service.statistics("m") == nil)
            #expect(await service.aliases(ofModel: "m").isEmpty)
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/models/m"))
            await #expect(throws: InferenceError.unknownModel(id: "m")) { try await service.deleteModel("m", force: false) }
            let clip = "\(Repository.small)/clip"
            await #expect(throws: InferenceError.modelIsFolder(id: "clip", folder: clip)) {
                try await service.deleteModel("clip", force: true)
            }
        }
    }

    @Test func withoutAFolderNothingIsTaken() async {
        let service = InferenceService(roots: [], logger: .silent)
        await #expect(throws: InferenceError.noStorage) { try await service.createModel("m", configuration: [:]) }
    }
}
