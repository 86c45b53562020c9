import Testing

@testable import Inference

@Suite struct PendingRequestTests {
    private let three = [EncoderInput](repeating: .image([]), count: 3)

    @Test func vectorsComeInTheOrderOfTheInputs() async {
        let request = PendingRequest(three)
        request.succeed(2, with: [2])
        request.succeed(0, with: [0])
        #expect(!request.isSettled)
        request.succeed(1, with: [1])
        #expect(request.isSettled)
        #expect(await request.vectors() == .success([[0], [1], [2]]))
    }

    @Test func theFirstErrorCounts() async {
        let request = PendingRequest(three)
        #expect(request.fail(.cancelled))
        #expect(!request.fail(.timedOut(.seconds(1))))
        for index in 0..<3 { request.succeed(index, with: []) }
        #expect(await request.vectors() == .failure(.cancelled))
    }

    @Test func aVectorTwiceCountsOnce() {
        let request = PendingRequest(three)
        for _ in 0..<3 { request.succeed(0, with: [0]) }
        #expect(!request.isSettled)
    }

    @Test func aWaiterIsResumed() async {
        let request = PendingRequest([.image([])])
        async let outcome = request.vectors()
        request.succeed(0, with: [7])
        #expect(await outcome == .success([[7]]))
    }

    @Test func nothingIsDoneAtOnce() async {
        #expect(await PendingRequest([]).vectors() == .success([]))
    }
}
