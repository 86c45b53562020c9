import ElasticsearchAPI
import Testing

@testable import Server

@Suite struct BodyMemoryTests {
    @Test func bodiesShareTheLimit() throws {
        let memory = BodyMemory(limit: 100)
        let first = memory.reservation(), second = memory.reservation()
        try first.grow(by: 40)
        try first.grow(by: 40)
        try second.grow(by: 20)
        let error = #expect(throws: ElasticsearchError.self) { try second.grow(by: 1) }
        #expect(error?.status == 429)
        #expect(error?.cause.type == "circuit_breaking_exception")
        first.release()
        first.release()
        try second.grow(by: 80)
        #expect(throws: ElasticsearchError.self) { try first.grow(by: 1) }
    }

    @Test func theDefaultIsBounded() {
        #expect((1...(1 << 30)).contains(BodyMemory.defaultLimit))
    }
}
