import Foundation
import ImagePreprocessing
import JSON
import Logging
import MatrixKernels
import TestSupport
import Testing
import Tokenizers

@testable import Inference

@Suite(.timeLimit(.minutes(10))) struct InferenceServiceTests {
    private func service(_ roots: [String] = [Repository.models, Repository.small]) -> InferenceService {
        InferenceService(roots: roots, logger: .silent)
    }

    private func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }

    /// The compact model's golden vectors, by tensor name.
    private struct Golden {
        let root: JSONObject
        private let header: JSONObject
        private let data: ArraySlice<UInt8>

        init() throws {
            let folder = "\(Repository.models)/compact"
            let json = try Data(contentsOf: URL(filePath: "\(folder)/golden.json"))
            root = try #require(try JSONDocument(parsing: json).root.object)
            let file = [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/golden.safetensors")))
            let length = file[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
            header = try #require(try JSONDocument(parsing: file[8..<(8 + length)]).root.object)
            data = file[(8 + length)...]
        }

        func vector(_ name: String) throws -> [Float] {
            let offsets = try #require(header[name]?.object?["data_offsets"]?.array).compactMap { $0.int }
            let bytes = data.dropFirst(offsets[0]).prefix(offsets[1] - offsets[0])
            return stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).map { position in
                Float(bitPattern: bytes[position..<(position + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) })
            }
        }
    }

    private func cosine(_ a: [Float], _ b: [Float]) -> Float {
        let dot = zip(a, b).reduce(Float(0)) { $0 + $1.0 * $1.1 }
        let squares = [a, b].map { $0.reduce(Float(0)) { $0 + $1 * $1 } }
        return dot / (squares[0] * squares[1]).squareRoot()
    }

    @Test func compactModelEmbedsTextsAndPicturesAsItsReference() async throws {
        let golden = try Golden(), service = service()
        try await service.start("compact", DeploymentConfiguration(precision: .f32))
        try await service.waitUntilStarted("compact")
        let texts = try #require(golden.root["texts"]?.array).compactMap { $0.object }
        let embeddings = try await service.embed(texts: texts.compactMap { $0["text"]?.string }, model: "compact")
        #expect(embeddings.count == 8)
        for (embedding, text) in zip(embeddings, texts) {
            #expect(!embedding.isTruncated)
            #expect(cosine(embedding.vector, try golden.vector(text["embedding"]?.string ?? "")) > 0.9999)
        }
        let images = try #require(golden.root["images"]?.array).compactMap { $0.object }
        let files = try images.map { try bytes("\(Repository.models)/compact/\($0["file"]?.string ?? "")") }
        let vectors = try await service.embed(images: files, model: "compact")
        #expect(vectors.count == 8)
        for (vector, image) in zip(vectors, images) {
            #expect(cosine(vector, try golden.vector(image["embedding"]?.string ?? "")) > 0.9999)
        }
        let statistics = try #require(await service.statistics("compact"))
        #expect(statistics.state == .started && statistics.counts.inferences == 16 && statistics.queueDepth == 0)
        await service.shutDown()
        #expect(await service.statistics.isEmpty)
    }

    /// The memory of a deployment is that of its precision, whatever the files are.
    @Test func fewerBitsTakeLessMemory() async throws {
        let service = service()
        var bytes: [Int] = []
        for precision in [Precision.f32, .bf16, .int8] {
            try await service.start("compact", as: precision.rawValue, DeploymentConfiguration(precision: precision))
            try await service.waitUntilStarted(precision.rawValue)
            bytes.append(try #require(await service.statistics(precision.rawValue)?.weightBytes))
        }
        #expect(bytes[0] > bytes[1] && bytes[1] > bytes[2], "\(bytes)")
        await service.shutDown()
    }

    @Test func oneBrokenPictureFailsTheRequestWithItsIndex() async throws {
        let service = service()
        try await service.start("compact")
        try await service.waitUntilStarted("compact")
        let good = try bytes("\(Repository.small)/images/png_rgb.png")
        await #expect(throws: InferenceError.image(index: 1, .unknownFormat)) {
            try await service.embed(images: [good, Array("no picture".utf8), good], model: "compact")
        }
        #expect(await service.statistics("compact")?.counts.errors == 1)
        await service.shutDown()
    }

    @Test func longTextsAreTruncatedOrRefused() async throws {
        let service = service()
        try await service.start("minilm-like")
        try await service.waitUntilStarted("minilm-like")
        let long = String(repeating: "a ", count: 100)
        let embeddings = try await service.embed(texts: ["a", long], model: "minilm-like")
        #expect(embeddings.map(\.isTruncated) == [false, true])
        await #expect(throws: InferenceError.textTooLong(index: 1, tokens: 102, limit: 64)) {
            try await service.embed(texts: ["a", long], model: "minilm-like", truncation: .never)
        }
        await #expect(throws: InferenceError.noImageSide(id: "minilm-like")) {
            try await service.embed(images: [[]], model: "minilm-like")
        }
        #expect(try await service.embed(texts: [], model: "minilm-like").isEmpty)
        await service.shutDown()
    }

    @Test func lifeOfADeployment() async throws {
        let service = service()
        await #expect(throws: InferenceError.unknownModel(id: "none")) { try await service.embed(texts: ["a"], model: "none") }
        await #expect(throws: InferenceError.unknownModel(id: "none")) { try await service.start("none") }
        await #expect(throws: InferenceError.notDeployed(id: "clip")) { try await service.embed(texts: ["a"], model: "clip") }
        await #expect(throws: InferenceError.unknownDeployment(id: "clip")) { try await service.stop("clip") }
        try await service.start("clip")
        await #expect(throws: InferenceError.alreadyDeployed(id: "clip")) { try await service.start("clip") }
        try await service.waitUntilStarted("clip")
        #expect(try await service.embed(texts: ["a cat"], model: "clip")[0].vector.count == 32)
        try await service.stop("clip")
        #expect(await service.statistics("clip") == nil)
        try await service.start("clip", DeploymentConfiguration(threads: 1))
        try await service.waitUntilStarted("clip")
        #expect(await service.statistics("clip")?.configuration.threads == 1)
        await service.shutDown()
    }

    @Test func aFailedDeploymentCanBeStartedAgain() async throws {
        let reason = ModelLoadingError.tokenizer(.noTokenizer(folder: "gone"))
        let service = InferenceService(roots: [Repository.models], logger: .silent) { _, _ throws(ModelLoadingError) in
            throw reason
        }
        for _ in 0..<2 {
            try await service.start("compact")
            await #expect(throws: InferenceError.loadingFailed(id: "compact", reason)) {
                try await service.waitUntilStarted("compact")
            }
            await #expect(throws: InferenceError.notServing(id: "compact", state: .failed)) {
                try await service.embed(texts: ["a"], model: "compact")
            }
        }
        await service.shutDown()
    }

    @Test func theServicesThreadsAreTheDefault() async throws {
        let service = InferenceService(roots: [Repository.models], defaults: .init(threads: 3), logger: .silent) {
            _, configuration throws(ModelLoadingError) in
            throw .tokenizer(.noTokenizer(folder: "\(configuration.threads ?? 0)"))
        }
        for (threads, expected) in [(nil, 3), (5, 5)] {
            try await service.start("compact", DeploymentConfiguration(threads: threads))
            await #expect(
                throws: InferenceError.loadingFailed(id: "compact", .tokenizer(.noTokenizer(folder: "\(expected)")))
            ) { try await service.waitUntilStarted("compact") }
            #expect(await service.statistics("compact")?.configuration.threads == expected)
        }
        await service.shutDown()
    }

    @Test func picturesTakePlaces() async throws {
        let service = service()
        try await service.start("compact", DeploymentConfiguration(queueCapacity: 2))
        try await service.waitUntilStarted("compact")
        let deployment = try await service.deployment("compact")
        let picture = try bytes("\(Repository.small)/images/png_rgb.png")
        try deployment.takePlaces(1)
        // However busy the machine is.
        let patience = Duration.seconds(600)
        #expect(try await service.embed(images: [picture], model: "compact", timeout: patience).count == 1)
        try deployment.takePlaces(1)
        await #expect(throws: InferenceError.queueFull(id: "compact", capacity: 2)) {
            try await service.embed(images: [picture], model: "compact")
        }
        #expect(deployment.statistics.counts.rejections == 1)
        deployment.releasePlaces(2)
        // More than the queue holds: one after the other.
        #expect(try await service.embed(images: [picture, picture, picture, picture], model: "compact", timeout: patience).count == 4)
        #expect(try await service.embed(texts: ["a", "b", "c"], model: "compact", timeout: patience).count == 3)
        await service.shutDown()
    }

    @Test func picturesWhoseTimeIsOverAreNotDecoded() async throws {
        let service = service()
        try await service.start("compact")
        try await service.waitUntilStarted("compact")
        await #expect(throws: InferenceError.timedOut(.zero)) {
            try await service.embed(images: [Array("no picture".utf8)], model: "compact", timeout: .zero)
        }
        #expect(await service.statistics("compact")?.counts.timeouts == 1)
        await service.shutDown()
    }

    @Test func longTextsAreTokenizedElsewhere() async throws {
        let tokenizer = ThreadRecordingTokenizer()
        let service = InferenceService(roots: [Repository.models], logger: .silent) { _, _ throws(ModelLoadingError) in
            LoadedModel(text: .init(tokenizer: tokenizer, maximumTokens: 4, encoder: ConstantEncoder()), image: nil)
        }
        try await service.start("compact")
        try await service.waitUntilStarted("compact")
        for (count, isElsewhere) in [(10, false), (10_000, true)] {
            _ = try await service.embed(texts: [String(repeating: "a", count: count)], model: "compact")
            #expect(tokenizer.lastThread?.hasPrefix("prepare-") == isElsewhere, "\(tokenizer.lastThread ?? "nil")")
        }
        await service.shutDown()
    }

    @Test func listsModelsAndProblems() async {
        let service = service()
        #expect(await service.models.map(\.id) == ["clip", "clip-multilingual", "clip-st", "compact", "minilm-like"])
        #expect(await service.problems.map { $0.folder.split(separator: "/").last } == ["images"])
    }
}
