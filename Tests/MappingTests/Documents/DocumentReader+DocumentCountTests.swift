import Mapping
import Testing

@Suite struct DocumentReaderDocumentCountTests {
    @Test func isIndexedWithoutAMapping() throws {
        let document = try parse(#"{"_doc_count":7,"a":{"_doc_count":3}}"#)
        #expect(document.values("_doc_count") == [.long(7)])
        #expect(document.mappingUpdate?.field("_doc_count") == nil)
        #expect(document.mappingUpdate?.field("a._doc_count") != nil)
        #expect(try parse(#"{"_doc_count":[2]}"#).values("_doc_count") == [.long(2)])
    }

    @Test(arguments: [
        ("-1", ValueError.countNotPositive(-1, field: "_doc_count")), ("0", .countNotPositive(0, field: "_doc_count")),
        (#""3""#, .notACount), ("1.5", .notACount), ("null", .notACount), ("99999999999", .notACount),
        ("[1,2]", .severalCounts(field: "_doc_count")),
    ])
    func refuses(_ value: String, _ cause: ValueError) {
        guard case .malformedValue(_, _, _, let found)? = error(DocumentParsingError.self, { try parse(#"{"_doc_count":\#(value)}"#) })
        else {
            Issue.record("\(value) was taken")
            return
        }
        #expect(found == cause)
    }
}
