import Testing

@testable import Mapping

/// Documents whose source lacks what is indexed can be put together again.
struct UnstoredFieldsTests {
    private let properties = """
        "properties":{"k":{"type":"keyword"},"t":{"type":"text","norms":false},"n":{"type":"long","copy_to":"c"},"c":{"type":"double"},
         "p":{"type":"geo_point"},"v":{"type":"dense_vector","dims":2}}
        """
    private let source = #"{"k":["b","a"],"t":["one two","three"],"n":7,"p":[1.5,2.5],"v":[1,2]}"#

    @Test(arguments: [
        #""_source":{"enabled":false},"#, #""_source":{"excludes":["v"]},"#, #""_source":{"excludes":["t","n"]},"#,
        #""_source":{"includes":["k"]},"#, "",
    ])
    func whatIsLeftOutComesBack(option: String) throws {
        let mapping = try mapping("{\(option)\(properties)}")
        let document = try parse(source, mapping)
        #expect((document.unstored == nil) == option.isEmpty)
        var again = ParsedDocument()
        if let stored = document.source { again = try DocumentParser(mapping: mapping, isLenient: true).parse(stored) }
        if let unstored = document.unstored { again.restore(unstored) }
        #expect(again.fieldNames == document.fieldNames)
        for field in ["k", "n", "c"] { #expect(again.values(field) == document.values(field), "\(field)") }
        #expect(again.points == document.points)
        #expect(again.texts.map(\.tokens) == document.texts.map(\.tokens))
        #expect(again.texts.map(\.hasLengths) == [false])
    }

    @Test func damagedOnesAreLeftOut() {
        var document = ParsedDocument()
        for text in ["", "[]", #"{"a":1}"#, #"{"a":{"terms":1,"tokens":["x"],"points":[99,1000]}}"#] { document.restore(Array(text.utf8)) }
        #expect(document.values.isEmpty && document.texts.isEmpty && document.points.isEmpty)
    }

    @Test func lenientParsersLeaveOutWhatTheyCannotTake() throws {
        let mapping = try mapping(properties: #"{"n":{"type":"long"},"p":{"type":"geo_point"},"v":{"type":"dense_vector","dims":2},"k":{"type":"keyword"}}"#)
        let parser = DocumentParser(mapping: mapping, isLenient: true)
        let document = try parser.parse(Array(#"{"n":"x","p":"nowhere","v":[1],"k":"a","new":1,"o":{"x":1}}"#.utf8))
        #expect(document.fieldNames == ["k"] && document.mappingUpdate == nil)
    }

    /// Positions go on from value to value, with a gap.
    @Test func valuesOfATextAreApart() throws {
        let mapping = try mapping(properties: #"{"t":{"type":"text"}}"#)
        let document = try parse(#"{"t":["one two","","three",["four"]]}"#, mapping)
        #expect(document.texts.map(\.tokens) == [[.init("one", position: 0), .init("two", position: 1), .init("three", position: 202), .init("four", position: 303)]])
        #expect(try parse(#"{"t":""}"#, mapping).fieldNames == ["t"])
    }

    @Test func pointsAreIndexed() throws {
        let mapping = try mapping(properties: #"{"p":{"type":"geo_point","null_value":"3,4"}}"#)
        let points = try parse(#"{"p":[{"lat":1,"lon":2},null]}"#, mapping).points.map(\.point)
        #expect(points == [try GeoPoint(latitude: 1, longitude: 2), try GeoPoint(latitude: 3, longitude: 4)])
    }
}
