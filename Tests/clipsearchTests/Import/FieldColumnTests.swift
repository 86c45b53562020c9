import JSON
import Testing

@testable import clipsearch

@Suite struct FieldColumnTests {
    @Test(arguments: [
        ("caption", "a tiger", JSONValue.string("a tiger")), ("year:integer", "1997", .int(1997)), ("price:number", "1.5", .double(1.5)),
        ("public:boolean", "True", .bool(true)), ("tags:list", "a | b|c", .array(["a", "b", "c"])), ("taken:date", "2024-02-03", .string("2024-02-03")),
        ("taken:date", "2024-02-03T04:05:06Z", .string("2024-02-03T04:05:06Z")), ("more:json", "{\"a\":[1]}", .object(["a": [1]])),
    ])
    func values(header: String, text: String, value: JSONValue) throws {
        #expect(try FieldColumn(header: header).value(of: text) == value)
    }

    @Test func anEmptyCellIsNoValue() throws {
        #expect(try FieldColumn(header: "year:integer").value(of: "") == nil)
    }

    @Test(arguments: [
        ("year:integer", "1.5"), ("year:integer", "9999999999999999999999"), ("price:number", "nan"), ("price:number", "1e999"),
        ("public:boolean", "yes"), ("taken:date", "3.2.2024"), ("taken:date", "2024-13-01"), ("more:json", "{"),
    ])
    func whatIsNotOfTheTypeIsRefused(header: String, text: String) throws {
        let column = try FieldColumn(header: header)
        #expect(throws: FieldColumn.Refusal.self) { try column.value(of: text) }
    }

    @Test(arguments: ["", " :integer", "year:whole"]) func headers(header: String) {
        #expect(throws: FieldColumn.Refusal.self) { try FieldColumn(header: header) }
    }
}
