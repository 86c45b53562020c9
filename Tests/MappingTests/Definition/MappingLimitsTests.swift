import Analysis
import Testing
import TestSupport

@testable import Mapping

struct MappingLimitsTests {
    private func limited(_ properties: String, _ change: (inout MappingLimits) -> Void) throws -> Mapping {
        var limits = MappingLimits()
        change(&limits)
        return try mapping(properties: properties).bound(to: MappingEnvironment(limits: limits))
    }

    @Test func fieldsAreCounted() throws {
        #expect(error(MappingError.self) { try limited(#"{"a":{"type":"text","fields":{"k":{"type":"keyword"}}}}"#) { $0.fields = 1 } } == .tooManyFields(limit: 1))
        let mapping = try limited(#"{"a":{"type":"long"}}"#) { $0.fields = 3 }
        #expect(try parse(#"{"t":"text"}"#, mapping).mappingUpdate != nil)
        #expect(
            error(DocumentParsingError.self) { try parse(#"{"x":1,"t":"text"}"#, mapping) } == .mapping(.tooManyNewFields(3, limit: 3)))
    }

    @Test func fieldsBeyondTheLimitAreLeftOut() throws {
        let mapping = try limited("{}") {
            $0.fields = 2
            $0.ignoresFieldsBeyond = true
        }
        let document = try parse(#"{"x":1,"t":"text","y":2,"z":3}"#, mapping)
        #expect(document.fieldNames == ["x", "y"])
        #expect(try mapping.merging(#require(document.mappingUpdate)).fields.map(\.path) == ["x", "y"])
    }

    @Test func depthAndNames() {
        #expect(
            error(MappingError.self) { try limited(#"{"a":{"properties":{"b":{"properties":{"c":{"type":"long"}}}}}}"#) { $0.depth = 2 } }
                == .tooDeep(limit: 2, object: "a.b"))
        #expect(error(MappingError.self) { try limited(#"{"abcd":{"type":"long"}}"#) { $0.nameLength = 3 } } == .nameTooLong("abcd", limit: 3))
    }

    @Test func malformedValuesAreLeftOutWhereTheIndexSaysSo() throws {
        let mapping = try limited(#"{"n":{"type":"long"},"k":{"type":"flattened"}}"#) { $0.ignoresMalformed = true }
        #expect(try parse(#"{"n":"x"}"#, mapping).fieldNames == ["_ignored"])
        #expect(thrownCase { try parse(#"{"k":"x"}"#, mapping) } == "malformedValue.notAnObject")
    }
}
