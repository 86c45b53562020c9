import Logging
import Mapping
import Synchronization
import Testing

@testable import Indices

@Suite struct IndexTableTests {
    /// The name is taken before anything is made, and free again if that fails.
    @Test func aNameIsTakenBeforeItsIndexIsMade() async throws {
        struct Failure: Error {}
        let table = IndexTable()
        let metadata = IndexMetadata(name: "a", settings: IndexSettings(), mapping: Mapping())
        let (started, start) = AsyncStream<Void>.makeStream()
        let (gate, open) = AsyncStream<Void>.makeStream()
        let first = Task {
            try await table.create(metadata) {
                start.finish()
                for await _ in gate {}
                throw Failure()
            }
        }
        for await _ in started {}
        await #expect {
            try await table.create(IndexMetadata(name: "a", settings: IndexSettings(), mapping: Mapping())) {
                Issue.record("two indices of one name were being made")
                throw Failure()
            }
        } throws: {
            if case IndicesError.indexAlreadyExists("a", metadata.uuid) = $0 { true } else { false }
        }
        open.finish()
        await #expect(throws: Failure.self) { try await first.value }
        await table.settle("a")
        await #expect(throws: Failure.self) { try await table.create(metadata) { throw Failure() } }
    }

    @Test func aClosedTableTakesNothing() async throws {
        let table = IndexTable()
        #expect(await table.close().isEmpty)
        await #expect {
            try await table.create(IndexMetadata(name: "a", settings: IndexSettings(), mapping: Mapping())) {
                Issue.record("an index was made after the table was closed")
                throw IndicesError.modelMissing
            }
        } throws: {
            if case IndicesError.stopping = $0 { true } else { false }
        }
    }
}
