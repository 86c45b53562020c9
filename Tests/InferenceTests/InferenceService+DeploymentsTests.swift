import Foundation
import MatrixKernels
import TestSupport
import Testing
import Tokenizers

@testable import Inference

@Suite(.timeLimit(.minutes(10))) struct InferenceServiceDeploymentsTests {
    /// Encodes without files.
    private func service(_ storage: String? = nil) -> InferenceService {
        InferenceService(roots: [Repository.small], storage: storage, logger: .silent) { _, _ throws(ModelLoadingError) in
            LoadedModel(text: .init(tokenizer: NumberTokenizer(), maximumTokens: 4, encoder: ConstantEncoder()), image: nil)
        }
    }

    @Test func aModelHasSeveralDeployments() async throws {
        let service = service()
        try await service.start("clip")
        try await service.start("clip", as: "second")
        try await service.start("clip", as: "third")
        for id in ["clip", "second", "third"] { try await service.waitUntilStarted(id) }
        #expect(await service.statistics(ofModel: "clip").map(\.id) == ["clip", "second", "third"])
        #expect(try await service.serving("second").model.id == "clip")
        await #expect(throws: InferenceError.alreadyDeployed(id: "second")) { try await service.start("clip", as: "second") }
        await #expect(throws: InferenceError.deploymentIDIsModel(id: "minilm-like")) {
            try await service.start("clip", as: "minilm-like")
        }
        try await service.stop("clip")
        // The model's id stands for any of its deployments.
        #expect(try await service.serving("clip").deploymentID == "second")
        await service.shutDown()
    }

    @Test func aliasesServe() async throws {
        let service = service()
        try await service.putAlias("words", of: "clip", reassigns: false)
        await #expect(throws: InferenceError.notDeployed(id: "clip")) { try await service.serving("words") }
        try await service.start("clip")
        try await service.waitUntilStarted("clip")
        #expect(try await service.embed(texts: ["1"], model: "words").count == 1)
        #expect(await service.aliases(ofModel: "clip") == ["words"])
        await #expect(throws: InferenceError.aliasIsTaken(alias: "words", modelID: "clip-st", by: "clip")) {
            try await service.putAlias("words", of: "clip-st", reassigns: false)
        }
        await #expect(throws: InferenceError.aliasTargetNotDeployed(alias: "words", modelID: "clip-st", former: "clip")) {
            try await service.putAlias("words", of: "clip-st", reassigns: true)
        }
        try await service.start("clip-st")
        try await service.putAlias("words", of: "clip-st", reassigns: true)
        try await service.waitUntilStarted("clip-st")
        #expect(try await service.serving("words").model.id == "clip-st")
        await #expect(throws: InferenceError.aliasIsModel) {
            try await service.putAlias("clip", of: "clip-st", reassigns: false)
        }
        await #expect(throws: InferenceError.unknownModel(id: "none")) {
            try await service.putAlias("other", of: "none", reassigns: false)
        }
        await #expect(throws: InferenceError.aliasOfAnother(alias: "words", modelID: "clip")) {
            try await service.deleteAlias("words", of: "clip")
        }
        try await service.deleteAlias("words", of: "clip-st")
        await #expect(throws: InferenceError.unknownAlias("words")) { try await service.deleteAlias("words", of: "clip-st") }
        await service.shutDown()
    }

    @Test func vectorsOfTheSameTextAreKept() async throws {
        let service = service()
        try await service.start("clip")
        try await service.waitUntilStarted("clip")
        for _ in 0..<3 { #expect(try await service.embed(texts: ["1", "2 3"], model: "clip").count == 2) }
        var counts = try #require(await service.statistics("clip")).counts
        #expect(counts.inferences == 6 && counts.cacheHits == 4)
        try await service.clearCache("clip")
        _ = try await service.embed(texts: ["1"], model: "clip")
        counts = try #require(await service.statistics("clip")).counts
        #expect(counts.inferences == 7 && counts.cacheHits == 4)
        await #expect(throws: InferenceError.unknownDeployment(id: "none")) { try await service.clearCache("none") }
        await service.shutDown()
    }

    @Test func allocationsChange() async throws {
        let service = service()
        try await service.start("clip")
        try await service.start("clip-st", DeploymentConfiguration(priority: .low))
        for id in ["clip", "clip-st"] { try await service.waitUntilStarted(id) }
        try await service.setAllocations(3, of: "clip")
        #expect(await service.statistics("clip")?.configuration.allocations == 3)
        await #expect(throws: InferenceError.lowPriorityIsAlone) { try await service.setAllocations(2, of: "clip-st") }
        #expect(await service.statistics("clip-st")?.configuration.threads == 1)
        await #expect(throws: InferenceError.unknownDeployment(id: "none")) {
            try await service.setAllocations(2, of: "none")
        }
        await service.shutDown()
    }

    @Test func deploymentsThatLastComeBack() async throws {
        try await withTemporaryFolder { folder in
            let service = service(folder)
            try await service.putAlias("words", of: "clip", reassigns: false)
            try await service.start("clip", as: "lasting", DeploymentConfiguration(precision: .int8), isLasting: true)
            try await service.start("clip-st", isLasting: true)
            try await service.start("minilm-like")
            try await service.waitUntilStarted("lasting")
            try await service.setAllocations(2, of: "lasting")
            try await service.stop("clip-st")
            await service.shutDown()

            let other = self.service(folder)
            try await other.restore()
            try await other.waitUntilStarted("lasting")
            #expect(await other.statistics.map(\.id) == ["lasting"])
            let configuration = try #require(await other.statistics("lasting")).configuration
            #expect(configuration.allocations == 2 && configuration.precision == .int8)
            #expect(try await other.serving("words").deploymentID == "lasting")
            await other.shutDown()
        }
    }

    @Test func aDeploymentWhoseModelIsGoneForNowIsNotForgotten() async throws {
        try await withTemporaryFolder { folder in
            let service = service(folder)
            try await service.start("clip", isLasting: true)
            try await service.start("clip-st", isLasting: true)
            try await service.stop("clip-st")
            await service.shutDown()
            let without = InferenceService(roots: [Repository.models], storage: folder, logger: .silent)
            try await without.restore()
            #expect(await without.statistics.isEmpty)
            try await without.putAlias("words", of: "compact", reassigns: false)
            let other = self.service(folder)
            try await other.restore()
            #expect(await other.statistics.map(\.id) == ["clip"])
            await other.shutDown()
        }
    }

    @Test func anAliasMeansWhatItsModelMeans() async throws {
        let service = service()
        try await service.start("clip", as: "a")
        try await service.start("clip")
        for id in ["a", "clip"] { try await service.waitUntilStarted(id) }
        try await service.putAlias("words", of: "clip", reassigns: false)
        #expect(try await service.serving("words").deploymentID == "clip")
        await service.shutDown()
    }

    @Test func aFailedStartDoesNotComeBack() async throws {
        try await withTemporaryFolder { folder in
            let reason = ModelLoadingError.tokenizer(.noTokenizer(folder: "gone"))
            let failing = InferenceService(roots: [Repository.small], storage: folder, logger: .silent) {
                _, _ throws(ModelLoadingError) in
                throw reason
            }
            try await failing.start("clip", isLasting: true)
            await #expect(throws: InferenceError.loadingFailed(id: "clip", reason)) {
                try await failing.waitUntilStarted("clip")
            }
            #expect(await failing.statistics("clip")?.state == .failed)
            await failing.shutDown()
            let service = service(folder)
            try await service.restore()
            #expect(await service.statistics.isEmpty)
        }
    }

    @Test func aFolderThatIsNoModelSaysWhy() async throws {
        let service = service()
        do {
            try await service.start("images")
            Issue.record("it started")
        } catch InferenceError.unusableFolder(let id, _) {
            #expect(id == "images")
        }
    }

    @Test func anAliasStartsItsModel() async throws {
        let service = service()
        try await service.putAlias("words", of: "clip", reassigns: false)
        #expect(try await service.start("words") == "clip")
        await #expect(throws: InferenceError.deploymentIDIsAlias(id: "words")) {
            try await service.start("clip-st", as: "words")
        }
        try await service.start("clip-st", as: "second")
        await #expect(throws: InferenceError.aliasIsDeployment) {
            try await service.putAlias("second", of: "clip", reassigns: false)
        }
        await service.shutDown()
    }

    @Test func aStartThatCannotBeWrittenDownIsNone() async throws {
        try await withTemporaryFolder { folder in
            // A folder where the file should be.
            try FileManager.default.createDirectory(
                atPath: "\(folder)/inference.json/x", withIntermediateDirectories: true)
            let service = service(folder)
            do {
                try await service.start("clip", isLasting: true)
                Issue.record("it started")
            } catch InferenceError.file {}
            #expect(await service.statistics.isEmpty)
        }
    }
}
