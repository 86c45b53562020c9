import Testing

@testable import clipsearch

@Suite struct RetryPolicyTests {
    @Test func pausesDoubleUpToALimit() {
        let policy = RetryPolicy(attempts: 12)
        #expect((1...4).map { policy.pause(after: $0, asked: nil) } == [.milliseconds(250), .milliseconds(500), .seconds(1), .seconds(2)])
        #expect(policy.pause(after: 11, asked: nil) == .seconds(15))
        #expect(policy.pause(after: 12, asked: nil) == nil)
        #expect(RetryPolicy.none.pause(after: 1, asked: .seconds(1)) == nil)
    }

    @Test func whatTheNodeAsksForIsHeeded() {
        let policy = RetryPolicy(attempts: 3)
        #expect(policy.pause(after: 1, asked: .seconds(20)) == .seconds(20))
        #expect(policy.pause(after: 1, asked: .seconds(100_000)) == .seconds(60))
    }
}
