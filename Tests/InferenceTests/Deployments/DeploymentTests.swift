import Encoders
import Testing
import Tokenizers

@testable import Inference

@Suite(.timeLimit(.minutes(10))) struct DeploymentTests {
    private let encoder = GatedEncoder()

    private func deployment(capacity: Int = 1024, allocations: Int = 1) async throws -> Deployment {
        let encoder = encoder
        let deployment = Deployment(
            id: "m", modelID: "m", configuration: DeploymentConfiguration(allocations: allocations, queueCapacity: capacity)
        ) {
            LoadedModel(text: .init(tokenizer: NumberTokenizer(), maximumTokens: 4, encoder: encoder), image: nil)
        }
        try await deployment.loaded()
        return deployment
    }

    private func encode(_ deployment: Deployment, _ ids: [Int32], timeout: Duration = .seconds(600)) -> Task<Result<[[Float]], InferenceError>, Never> {
        Task {
            do throws(InferenceError) {
                return .success(try await deployment.encode(ids.map { .text([$0]) }, timeout: timeout))
            } catch {
                return .failure(error)
            }
        }
    }

    /// Returns when so many items wait.
    private func waiting(_ count: Int, in deployment: Deployment) async {
        while deployment.statistics.queueDepth != count { await Task.yield() }
    }

    @Test func aLoneItemGoesAtOnceAndBatchesFormWhileTheEncoderIsBusy() async throws {
        let deployment = try await deployment()
        let first = encode(deployment, [1])
        #expect(await encoder.nextBatch() == [[1]])
        let second = encode(deployment, [2, 3])
        await waiting(2, in: deployment)
        let third = encode(deployment, [4])
        await waiting(3, in: deployment)
        encoder.open()
        #expect(await first.value == .success([[1]]))
        #expect(await encoder.nextBatch() == [[2], [3], [4]])
        encoder.open()
        #expect(await second.value == .success([[2], [3]]))
        #expect(await third.value == .success([[4]]))
        let counts = deployment.statistics.counts
        #expect(counts.inferences == 4 && counts.batches == 2 && counts.errors == 0)
        #expect(counts.averageTime != nil && deployment.statistics.lastAccess != nil)
        await deployment.stop()
    }

    @Test func aFullQueueRefuses() async throws {
        let deployment = try await deployment(capacity: 2)
        let first = encode(deployment, [1])
        _ = await encoder.nextBatch()
        let second = encode(deployment, [2, 3])
        await waiting(2, in: deployment)
        #expect(await encode(deployment, [4]).value == .failure(.queueFull(id: "m", capacity: 2)))
        #expect(deployment.statistics.counts.rejections == 1)
        encoder.open(2)
        _ = await (first.value, second.value)
        await deployment.stop()
    }

    @Test func waitingEndsAtTheTimeout() async throws {
        let deployment = try await deployment()
        let first = encode(deployment, [1])
        _ = await encoder.nextBatch()
        let late = encode(deployment, [2], timeout: .milliseconds(1))
        #expect(await late.value == .failure(.timedOut(.milliseconds(1))))
        #expect(deployment.statistics.queueDepth == 0)
        #expect(deployment.statistics.counts.timeouts == 1)
        encoder.open()
        #expect(await first.value == .success([[1]]))
        await deployment.stop()
    }

    @Test func theTimeoutCountsFromTheArrival() async throws {
        let deployment = try await deployment()
        await #expect(throws: InferenceError.timedOut(.seconds(600))) {
            try await deployment.encode([.text([1])], arrival: .now - .seconds(600), timeout: .seconds(600))
        }
        encoder.open()
        await deployment.stop()
    }

    @Test func cancelledItemsNeverReachTheEncoder() async throws {
        let deployment = try await deployment()
        let first = encode(deployment, [1])
        _ = await encoder.nextBatch()
        let cancelled = encode(deployment, [2])
        await waiting(1, in: deployment)
        let third = encode(deployment, [3])
        await waiting(2, in: deployment)
        cancelled.cancel()
        #expect(await cancelled.value == .failure(.cancelled))
        encoder.open(2)
        #expect(await encoder.nextBatch() == [[3]])
        #expect(await third.value == .success([[3]]))
        _ = await first.value
        await deployment.stop()
    }

    @Test func oneBadItemDoesNotHarmTheOthersInItsBatch() async throws {
        let deployment = try await deployment()
        let first = encode(deployment, [1])
        _ = await encoder.nextBatch()
        let good = encode(deployment, [2])
        await waiting(1, in: deployment)
        let bad = encode(deployment, [3, GatedEncoder.poison])
        await waiting(3, in: deployment)
        encoder.open(5)
        #expect(await good.value == .success([[2]]))
        let reason = EncoderError.unknownToken(index: 0, token: GatedEncoder.poison, vocabulary: 0)
        #expect(await bad.value == .failure(.encoder(index: 1, reason)))
        _ = await first.value
        await deployment.stop()
        #expect(deployment.statistics.counts.errors == 1)
    }

    @Test func stoppingFailsWhatWaitsAndFinishesWhatRuns() async throws {
        let deployment = try await deployment()
        let running = encode(deployment, [1])
        _ = await encoder.nextBatch()
        let waitingItem = encode(deployment, [2])
        await waiting(1, in: deployment)
        async let stopped: Void = deployment.stop()
        #expect(await waitingItem.value == .failure(.notServing(id: "m", state: .stopping)))
        encoder.open()
        #expect(await running.value == .success([[1]]))
        await stopped
        #expect(await encode(deployment, [3]).value == .failure(.notServing(id: "m", state: .stopping)))
    }

    @Test func allocationsEncodeAtTheSameTime() async throws {
        let deployment = try await deployment(allocations: 2)
        let first = encode(deployment, [1])
        _ = await encoder.nextBatch()
        let second = encode(deployment, [2])
        #expect(await encoder.nextBatch() == [[2]])
        encoder.open(2)
        #expect(await first.value == .success([[1]]))
        #expect(await second.value == .success([[2]]))
        await deployment.stop()
    }

    @Test func allocationsCanBeAddedAndTakenAway() async throws {
        let deployment = try await deployment()
        let first = encode(deployment, [1])
        _ = await encoder.nextBatch()
        try deployment.setAllocations(2)
        let second = encode(deployment, [2])
        #expect(await encoder.nextBatch() == [[2]])
        #expect(deployment.statistics.configuration.allocations == 2)
        try deployment.setAllocations(1)
        encoder.open(2)
        #expect(await second.value == .success([[2]]))
        #expect(await first.value == .success([[1]]))
        // The one that is left goes on, one batch at a time.
        let third = encode(deployment, [3])
        #expect(await encoder.nextBatch() == [[3]])
        let fourth = encode(deployment, [4])
        await waiting(1, in: deployment)
        encoder.open(2)
        #expect(await third.value == .success([[3]]))
        #expect(await fourth.value == .success([[4]]))
        await deployment.stop()
        #expect(throws: InferenceError.notServing(id: "m", state: .stopping)) { try deployment.setAllocations(2) }
    }

    @Test func aFailedLoadIsReported() async {
        let reason = ModelLoadingError.tokenizer(.noTokenizer(folder: "/m"))
        let deployment = Deployment(id: "m", modelID: "m", configuration: DeploymentConfiguration()) {
            () throws(ModelLoadingError) in
            throw reason
        }
        await #expect(throws: InferenceError.loadingFailed(id: "m", reason)) { try await deployment.loaded() }
        #expect(deployment.statistics.state == .failed && deployment.statistics.failure == reason)
        #expect(throws: InferenceError.notServing(id: "m", state: .failed)) { try deployment.encoders() }
        await deployment.stop()
    }
}
