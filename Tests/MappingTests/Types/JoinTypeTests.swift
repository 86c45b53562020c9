import Mapping
import Testing

@Suite struct JoinTypeTests {
    private func parse(_ source: String, hasRouting: Bool) throws -> ParsedDocument {
        let mapping = try mapping(properties: #"{"j":{"type":"join","relations":{"parent":"child"}}}"#)
        return try DocumentParser(mapping: mapping, hasRouting: hasRouting).parse(Array(source.utf8))
    }

    @Test func childrenSayWhereTheyGo() throws {
        let child = #"{"j":{"name":"child","parent":"1"}}"#
        #expect(error(DocumentParsingError.self) { try parse(child, hasRouting: false) } == .join(.joinRoutingMissing(field: "j")))
        #expect(try parse(child, hasRouting: true).values("j") == [.term("child")])
        #expect(try parse(#"{"j":"parent"}"#, hasRouting: false).values("j") == [.term("parent")])
        #expect(
            error(DocumentParsingError.self) { try parse(#"{"j":{"name":"child"}}"#, hasRouting: false) }
                == .join(.joinParentMissing(field: "j")))
    }
}
