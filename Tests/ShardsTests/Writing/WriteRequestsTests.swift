import Testing

@testable import Shards

struct WriteRequestsTests {
    private func request(_ count: Int) -> WriteRequests.Request {
        .init(operations: (0..<count).map { ShardOperation(id: "\($0)", action: .delete) }) { _ in }
    }

    @Test func oneCallerDrainsForAll() {
        let requests = WriteRequests()
        #expect(requests.add(request(1)))
        #expect(!requests.add(request(2)))
        #expect(requests.next()?.map(\.operations.count) == [1, 2])
        #expect(!requests.add(request(3)))
        #expect(requests.next()?.map(\.operations.count) == [3])
        #expect(requests.next() == nil)
        #expect(requests.add(request(4)))
    }

    @Test func groupsAreBounded() {
        let requests = WriteRequests()
        for count in [20_000, 10, 16_380, 10] { _ = requests.add(request(count)) }
        #expect(requests.next()?.map(\.operations.count) == [20_000])
        #expect(requests.next()?.map(\.operations.count) == [10])
        #expect(requests.next()?.map(\.operations.count) == [16_380])
        #expect(requests.next()?.map(\.operations.count) == [10])
    }
}
