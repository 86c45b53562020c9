import JSON
import Testing

@testable import Mapping

struct NestedMappingTests {
    private static let properties = """
        {"o":{"type":"nested","include_in_root":true,"properties":{"k":{"type":"keyword"},
         "p":{"type":"nested","properties":{"k":{"type":"keyword","fields":{"t":{"type":"text"}}}}}}},
         "x":{"properties":{"y":{"type":"nested","include_in_parent":false}}},"k":{"type":"keyword"}}
        """

    @Test func pathsAreKnown() throws {
        let mapping = try mapping(properties: Self.properties)
        #expect(mapping.nestedPaths == ["o", "o.p", "x.y"])
        let around: [String: String?] = ["o": nil, "o.k": "o", "o.p": "o", "o.p.k": "o.p", "o.p.k.t": "o.p", "k": nil, "x.y": nil, "x.y.z": "x.y"]
        for (path, expected) in around { #expect(mapping.nestedPath(around: path) == expected, "\(path)") }
        #expect(mapping.nestedPaths(on: "o.p") == ["o", "o.p"] && mapping.nestedPaths(on: "o.p.k") == ["o", "o.p"])
        #expect(mapping.nestedPaths(on: "k") == [] && mapping.isNested("x.y") && !mapping.isNested("x"))
    }

    @Test func whatIsShownIsReadAgain() throws {
        let first = try mapping(properties: Self.properties)
        let shown = first.encoded
        #expect(shown["properties"]?["o"]?["type"] == "nested" && shown["properties"]?["o"]?["include_in_root"] == true)
        #expect(shown["properties"]?["x"]?["properties"]?["y"] == ["type": "nested"])
        #expect(try mapping(shown.text) == first)
    }

    @Test func conflictsAreRefused() throws {
        let first = try mapping(properties: Self.properties)
        #expect(try first.merging(try mapping(properties: #"{"o":{"type":"nested","include_in_root":true,"properties":{"n":{"type":"long"}}}}"#)).field("o.n") != nil)
        let conflicts: [(String, MappingError)] = [
            (#"{"o":{"properties":{"n":{"type":"long"}}}}"#, .nestedConflict(field: "o")),
            (#"{"x":{"type":"nested"}}"#, .nestedConflict(field: "x")),
            (#"{"o":{"type":"nested"}}"#, .nestedParameterConflict("include_in_root")),
            (#"{"o":{"type":"nested","include_in_root":true,"include_in_parent":true}}"#, .nestedParameterConflict("include_in_parent")),
            (#"{"k":{"type":"nested"}}"#, .objectConflict(field: "k", wasObject: false)),
        ]
        for (properties, expected) in conflicts {
            #expect(error(MappingError.self) { try first.merging(try mapping(properties: properties)) } == expected, "\(properties)")
        }
        #expect(error(MappingError.self) { try mapping(properties: #"{"o":{"include_in_root":true,"properties":{}}}"#) } != nil)
    }
}

/// Documents with nested objects.
struct NestedDocumentTests {
    private func shown(_ document: ParsedDocument) -> [String] {
        (document.nested.map { ($0.path, $0.content) } + [("", document)]).map { path, content in
            let values = content.values.map { field in
                switch field.value {
                case .term(let term): "\(field.field)=\(term)"
                case .long(let value): "\(field.field)=\(value)"
                case .double(let value): "\(field.field)=\(value)"
                }
            }
            return ([path] + values).joined(separator: " ")
        }
    }

    @Test func objectsComeBeforeWhatTheyAreIn() throws {
        let mapping = try mapping(
            properties: #"{"o":{"type":"nested","properties":{"k":{"type":"keyword"},"p":{"type":"nested","properties":{"n":{"type":"long"}}}}},"k":{"type":"keyword"}}"#)
        let document = try parse(#"{"k":"r","o":[{"p":[{"n":1},{"n":2}],"k":"a"},null,{"k":"b"},[{"p":{"n":3}}]]}"#, mapping)
        #expect(shown(document) == ["o.p o.p.n=1", "o.p o.p.n=2", "o o.k=a", "o o.k=b", "o.p o.p.n=3", "o", " k=r"])
        #expect(shown(try parse(#"{"o.p.n":4}"#, mapping)) == ["o.p o.p.n=4", "o", ""])
        #expect(document.mappingUpdate == nil)
        #expect(throws: DocumentParsingError.concreteValueForObject(field: "o")) { try parse(#"{"o":1}"#, mapping) }
        func limited(to count: Int) -> Mapping {
            var limited = mapping
            limited.environment.limits.nestedObjects = count
            return limited
        }
        #expect(throws: DocumentParsingError.tooManyNestedObjects(limit: 5)) {
            try DocumentParser(mapping: limited(to: 5)).parse(Array(#"{"o":[{"p":[{},{}]},{"p":{}},{}]}"#.utf8))
        }
        #expect(try DocumentParser(mapping: limited(to: 1), isLenient: true).parse(Array(#"{"o":[{},{}]}"#.utf8)).nested.count == 2)
    }

    @Test func whatTheyHaveIsIndexedAroundThem() throws {
        let inner = #""p":{"type":"nested","include_in_parent":true,"properties":{"n":{"type":"long"},"t":{"type":"text"}}}"#
        let parent = try mapping(properties: #"{"o":{"type":"nested","properties":{\#(inner)}}}"#)
        let document = try parse(#"{"o":{"p":[{"n":1,"t":"a b"},{"n":2,"t":"c"}]}}"#, parent)
        #expect(shown(document) == ["o.p o.p.n=1", "o.p o.p.n=2", "o o.p.n=1 o.p.n=2", ""])
        let text = try #require(document.nested.last?.content.texts.first)
        #expect(text.tokens.map(\.term) == ["a", "b", "c"] && text.tokens[2].position >= 100)
        let root = try mapping(properties: #"{"o":{"type":"nested","include_in_root":true,"include_in_parent":true,"properties":{\#(inner)}}}"#)
        #expect(shown(try parse(#"{"o":{"p":{"n":1}}}"#, root)) == ["o.p o.p.n=1", "o o.p.n=1", " o.p.n=1"])
        let far = try mapping(
            properties: #"{"o":{"type":"nested","properties":{"p":{"type":"nested","include_in_root":true,"properties":{"n":{"type":"long"}}}}}}"#)
        #expect(shown(try parse(#"{"o":{"p":{"n":1}}}"#, far)) == ["o.p o.p.n=1", "o", " o.p.n=1"])
    }

    @Test func copiesGoWhereTheirTargetBelongs() throws {
        let mapping = try mapping(
            properties: #"{"all":{"type":"keyword"},"o":{"type":"nested","properties":{"all":{"type":"keyword"},"k":{"type":"keyword","copy_to":["all","o.all"]},"p":{"type":"nested","properties":{"k":{"type":"keyword","copy_to":["all","o.all"]}}}}}}"#)
        #expect(
            shown(try parse(#"{"o":[{"k":"a","p":{"k":"b"}},{"k":"c"}]}"#, mapping))
                == ["o.p o.p.k=b", "o o.k=a o.all=a o.all=b", "o o.k=c o.all=c", " all=a all=b all=c"])
    }

    @Test func newFieldsAreAddedWithinThem() throws {
        let first = try mapping(
            #"{"dynamic_templates":[{"n":{"match":"n*","match_mapping_type":"object","mapping":{"type":"nested"}}}],"properties":{"o":{"type":"nested"}}}"#)
        let document = try parse(#"{"o":[{"x":1},{"x":2,"q":{"y":true}}],"new":[{"a":{"b":1}}]}"#, first)
        let merged = try first.merging(try #require(document.mappingUpdate))
        #expect(merged.nestedPaths == ["o", "new"] && merged.field("o.q.y")?.type == .boolean && merged.field("new.a.b") != nil)
        #expect(shown(document) == ["o o.x=1", "o o.x=2 o.q.y=1", "new new.a.b=1", ""])
        let strict = try mapping(properties: #"{"o":{"type":"nested","dynamic":"strict"}}"#)
        #expect(throws: DocumentParsingError.strictDynamicMapping(field: "x", object: "o")) { try parse(#"{"o":[{"x":1}]}"#, strict) }
    }

    @Test(arguments: [#""_source":{"enabled":false},"#, #""_source":{"excludes":["o.k"]},"#, #""_source":{"excludes":["o"]},"#, ""])
    func whatASourceLacksComesBack(option: String) throws {
        let mapping = try mapping(
            #"{\#(option)"properties":{"o":{"type":"nested","properties":{"k":{"type":"keyword"},"p":{"type":"nested","properties":{"t":{"type":"text"}}}}}}}"#)
        let document = try parse(#"{"o":[{"k":"a","p":[{"t":"x y"},{"t":"z"}]},{"k":"b"}]}"#, mapping)
        #expect((document.unstored == nil) == option.isEmpty)
        var again = ParsedDocument()
        if let stored = document.source { again = try DocumentParser(mapping: mapping, isLenient: true).parse(stored) }
        if let unstored = document.unstored { again.restore(unstored) }
        again.alignNested(to: document.nested.map(\.path))
        #expect(shown(again) == shown(document))
        for (left, right) in zip(again.nested, document.nested) {
            #expect(left.content.texts.map(\.tokens) == right.content.texts.map(\.tokens))
            #expect(left.content.fieldNames == right.content.fieldNames)
        }
    }

    /// A mapping that has more nested objects since gives the old document no more of them.
    @Test func objectsAreThoseThatWereWritten() throws {
        let mapping = try mapping(properties: #"{"a":{"type":"nested","properties":{"n":{"type":"long"}}},"b":{"type":"nested","properties":{"n":{"type":"long"}}}}"#)
        var document = try parse(#"{"b":[{"n":1}],"a":[{"n":2},{"n":3}]}"#, mapping)
        document.alignNested(to: ["a", "a"])
        #expect(shown(document) == ["a a.n=2", "a a.n=3", ""])
        document.alignNested(to: ["a", "b", "a", "a"])
        #expect(shown(document) == ["a a.n=2", "b", "a a.n=3", "a", ""])
    }
}

/// What is shown of nested objects.
struct NestedSourceTests {
    private static let source = #"{"k":"r","x":{"o":[{"k":"a","p":[{"t":"1"},{"t":"2"}]},null,{"k":"b","p":{"t":"3"}},{"z":1}]}}"#
    private let example = try? mapping(
        properties: #"{"k":{"type":"keyword"},"x":{"properties":{"o":{"type":"nested","properties":{"k":{"type":"keyword"},"p":{"type":"nested","properties":{"t":{"type":"keyword"}}}}}}}}"#)

    private func fields(_ patterns: [String]) throws -> JSONValue {
        let extraction = FieldsExtraction(patterns.map { .init(pattern: $0) }, mapping: try #require(example))
        return .object(extraction.extract(from: try JSONDocument(parsing: Self.source).root))
    }

    @Test func fieldsAreGrouped() throws {
        #expect(
            try fields(["*"])
                == [
                    "k": ["r"],
                    "x.o": [["k": ["a"], "p": [["t": ["1"]], ["t": ["2"]]]], ["k": ["b"], "p": [["t": ["3"]]]]],
                ])
        #expect(try fields(["x.o.p.t"]) == ["x.o": [["p": [["t": ["1"]], ["t": ["2"]]]], ["p": [["t": ["3"]]]]]])
        #expect(try fields(["x.o.none"]) == [:])
    }

    @Test func anObjectIsTakenOut() throws {
        let document = try JSONDocument(parsing: Self.source)
        let inner = NestedIdentity(steps: [.init(field: "x.o", offset: 1), .init(field: "p", offset: 0)])
        let isolated = inner.isolated(in: document.root)
        #expect(isolated == ["x": ["o": ["p": ["t": "3"]]]] && inner.path == "x.o.p")
        #expect(inner.object(inIsolated: isolated) == ["t": "3"])
        #expect(inner.object(inIsolated: ["x": [:]]) == [:])
        #expect(NestedIdentity(steps: [.init(field: "x.o", offset: 7)]).isolated(in: document.root) == [:])
        let columns = FieldsExtraction(columns: [.init(pattern: "*")], of: "x.o.p", mapping: try #require(example))
        #expect(JSONValue.object(columns.extract(from: try JSONDocument(parsing: isolated.serialized()).root)) == ["x.o.p.t": ["3"]])
    }
}
