import JSON
import Testing

@testable import Scripts

@Suite struct MetadataObjectTests {
    @Test func pipelinesReadAndChangeIt() throws {
        let script = try IngestScript(
            Script("Metadata m = metadata(); m.index += '2'; m.setId(m.id + 'x'); m.routing = 'r'; m.versionType = 'external'; m.version = 5; ctx.y = m.timestamp.year"))
        let changed = try script.run(["_index": "i", "_id": "1", "_ingest": ["timestamp": "2020-01-02T00:00:00.000Z"]])
        #expect(changed["_index"] == "i2" && changed["_id"] == "1x" && changed["_routing"] == "r")
        #expect(changed["_version"] == 5 && changed["_version_type"] == "external" && changed["y"] == 2020)
    }

    @Test func changesOfDocumentsHaveAnOperation() throws {
        let script = try UpdateScript(Script("ctx._source.o = metadata().op; metadata().op = 'noop'; ctx._source.n = metadata().now.toInstant().toEpochMilli()"))
        let outcome = try script.run(source: [:], metadata: .init(["op": "index"]), now: 7000)
        #expect(outcome.source == ["o": "index", "n": 7000] && outcome.operation == "noop")
        let missing = try UpdateScript(Script("metadata().routing"))
        let error = try #require(throws: ScriptError.self) { try missing.run(source: [:], metadata: .init(["op": "create"])) }
        #expect(error.fault == .thrown(type: "IllegalStateException", message: "routing is unavailable for insert"))
        #expect(throws: ScriptError.self) { try UpdateScript(Script("metadata().zz = 1")).run(source: [:], metadata: .init(["op": "index"])) }
    }
}
