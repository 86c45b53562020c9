import JSON
import Testing
import TestSupport

@testable import Ingest

@Suite struct IngestDocumentTests {
    @Test func pathsReadAndWrite() throws {
        var doc = try document(#"{"a":{"l":[{"x":1}]},"s":"t"}"#)
        #expect(try doc.value(at: FieldPath("a.l.0.x")) == 1)
        #expect(try doc.value(at: FieldPath("_source.s")) == "t")
        #expect(try doc.value(at: FieldPath("ctx.s")) == "t")
        #expect(try doc.value(at: FieldPath("_ingest.timestamp")) == "2020-01-01T00:00:00.000Z")
        try doc.set(FieldPath("a.l.0.y.z"), 2)
        #expect(try doc.value(at: FieldPath("a.l.0.y")) == ["z": 2])
        try doc.remove(FieldPath("a.l.0"))
        #expect(try doc.value(at: FieldPath("a.l")) == [])
        try doc.append(FieldPath("s"), ["u"])
        #expect(doc.source["s"] == ["t", "u"])
        #expect(doc.metadata == ["_index": "i", "_id": "1"])
    }

    @Test(arguments: ["", ".", "a.zz", "a.l.x", "a.l.7", "a.l.-1", "s.x", "n.x", "_ingest.zz"])
    func pathsThatLeadNowhere(_ path: String) throws {
        let doc = try document(#"{"a":{"l":[1]},"s":"t","n":null}"#)
        #expect(throws: IngestFault.self) { try doc.value(at: FieldPath(path)) }
    }

    @Test func deepPathsAreRefused() throws {
        var doc = try document("{}")
        let path = Array(repeating: "a", count: 5000).joined(separator: ".")
        #expect(thrownCase { try doc.set(FieldPath(path), 1) } == "tooMuch")
    }
}
