import JSON
import Mapping
import Testing

@Suite struct DocValuesTests {
    private func values(_ field: String, _ source: String) throws -> DocValues? {
        let mapping = try mapping(
            properties: #"""
                {"k":{"type":"keyword","ignore_above":3},"n":{"type":"long","null_value":7},"f":{"type":"double"},"b":{"type":"boolean"},
                "d":{"type":"date"},"p":{"type":"geo_point"},"s":{"type":"scaled_float","scaling_factor":10},"u":{"type":"unsigned_long"},
                "t":{"type":"text","fields":{"raw":{"type":"keyword"}}},"o":{"properties":{"n":{"type":"integer"}}},
                "v":{"type":"dense_vector","dims":2}}
                """#)
        return mapping.docValues(of: field, in: try JSONDocument(parsing: source).root)
    }

    @Test func valuesAreInTheOrderOfAnIndex() throws {
        #expect(try values("k", #"{"k":["b","a","b","long"]}"#) == .terms(["a", "b"]))
        #expect(try values("n", #"{"n":[3,1,null,3]}"#) == .longs([1, 3, 3, 7]))
        #expect(try values("f", #"{"f":[2,0.5]}"#) == .doubles([0.5, 2]))
        #expect(try values("b", #"{"b":[true,false]}"#) == .booleans([false, true]))
        #expect(try values("d", #"{"d":"1970-01-02"}"#) == .dates([86_400_000]))
        #expect(try values("s", #"{"s":1.23}"#) == .doubles([1.2]))
        #expect(try values("u", #"{"u":5}"#) == .longs([5]))
        #expect(try values("t.raw", #"{"t":"x"}"#) == .terms(["x"]))
        #expect(try values("o.n", #"{"o":[{"n":2},{"n":1}]}"#) == .longs([1, 2]))
        #expect(try values("o.n", #"{"o.n":2}"#) == .longs([2]))
        #expect(try values("n", "{}") == .longs([]))
        guard case .points(let points)? = try values("p", #"{"p":[{"lat":1,"lon":2},[4,3]]}"#) else { throw Unexpected() }
        #expect(points.map(\.latitude) == [1, 3])
    }

    @Test func fieldsWithoutValues() throws {
        #expect(try values("t", #"{"t":"x"}"#) == DocValues.none)
        #expect(try values("v", #"{"v":[1,2]}"#) == .vector)
        #expect(try values("zz", "{}") == nil)
    }

    private struct Unexpected: Error {}
}
