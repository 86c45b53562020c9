import JSON
import Query
import Testing
import TestSupport

@testable import Indices

@Suite struct AliasTests {
    private func add(_ alias: String, to indices: [String], _ metadata: AliasMetadata = AliasMetadata()) -> AliasAction {
        .add(indices: indices, aliases: [alias], metadata)
    }

    @Test func searchesFollowAliasesWithTheirFilters() async throws {
        let node = try await TestNode()
        for index in ["a", "b"] {
            try await node.createIndex(index, mappings: #"{"properties":{"t":{"type":"keyword"}}}"#)
            try await node.index(index, "\(index)1", #"{"t":"x"}"#)
            try await node.index(index, "\(index)2", #"{"t":"y"}"#)
        }
        try await node.registry.updateAliases([
            add("both", to: ["a", "b"]), add("x", to: ["a"], AliasMetadata(filter: ["term": ["t": "x"]])),
            add("y", to: ["a"], AliasMetadata(filter: ["term": ["t": "y"]])),
        ])
        let find = { (names: [String]) in
            try await node.registry.search(Search(query: .matchAll), in: IndexExpression(names)).hits.map(\.id).sorted()
        }
        #expect(try await find(["both"]) == ["a1", "a2", "b1", "b2"])
        #expect(try await find(["x"]) == ["a1"])
        #expect(try await find(["x", "y"]) == ["a1", "a2"])
        #expect(try await find(["x", "a"]) == ["a1", "a2"])
        #expect(try await find(["x", "b"]) == ["a1", "b1", "b2"])
        try await node.restart()
        #expect(try await find(["x"]) == ["a1"])
    }

    @Test func writesFollowAliases() async throws {
        let node = try await TestNode()
        try await node.createIndex("a")
        try await node.createIndex("b")
        try await node.registry.updateAliases([
            add("both", to: ["a", "b"]), add("routed", to: ["a"], AliasMetadata(indexRouting: "r", searchRouting: "r")),
        ])
        #expect(await thrownCase { try await node.index("both", "1", "{}") } == "noWriteIndex")
        try await node.registry.updateAliases([add("both", to: ["b"], AliasMetadata(isWriteIndex: true))])
        #expect(try await node.index("both", "1", "{}").index == "b")
        #expect(try await node.index("routed", "2", "{}").index == "a")
        #expect(try node.registry.document("2", in: "routed")?.routing == "r")
        let required = WriteOperation(.index, index: "routed", id: "3", source: Array("{}".utf8), requiresAlias: true)
        _ = try await node.registry.write([required])[0].get()
    }

    @Test func actionsAreOneChange() async throws {
        let node = try await TestNode()
        try await node.createIndex("a")
        try await node.createIndex("b")
        try await node.registry.updateAliases([add("x", to: ["a"])])
        #expect(await thrownCase {
            try await node.registry.updateAliases([
                add("y", to: ["a"]), .remove(indices: ["a"], aliases: ["none"], mustExist: true),
            ])
        } == "requiredAliasMissing")
        #expect(try node.registry.metadata(IndexExpression(["a"]))[0].aliases.keys.sorted() == ["x"])
        let missing = try await node.registry.updateAliases([
            .remove(indices: ["a"], aliases: ["x"], mustExist: nil), add("x", to: ["b"]),
            .remove(indices: ["a"], aliases: ["none"], mustExist: nil),
        ])
        #expect(missing == [[], [], ["none"]])
        #expect(try node.registry.metadata(IndexExpression(["x"])).map(\.name) == ["b"])
        await #expect {
            try await node.registry.updateAliases([.remove(indices: ["a"], aliases: ["none"], mustExist: nil)])
        } throws: {
            if case IndicesError.aliasesMissing(["none"]) = $0 { true } else { false }
        }
    }

    /// The index makes room for an alias of its name.
    @Test func anIndexIsReplacedByAnAlias() async throws {
        let node = try await TestNode()
        try await node.createIndex("a")
        try await node.createIndex("a-2")
        #expect(await thrownCase { try await node.registry.updateAliases([add("a", to: ["a-2"])]) } == "aliasIsIndex")
        try await node.registry.updateAliases([add("a", to: ["a-2"]), .removeIndex(["a"])])
        #expect(try node.registry.metadata(IndexExpression(["a"])).map(\.name) == ["a-2"])
        #expect(await thrownCase { try await node.createIndex("a") } == "nameIsAlias")
    }

    @Test func onlyOneIndexTakesWrites() async throws {
        let node = try await TestNode()
        try await node.createIndex("a")
        try await node.createIndex("b")
        try await node.registry.updateAliases([add("x", to: ["a"], AliasMetadata(isWriteIndex: true))])
        await #expect {
            try await node.registry.updateAliases([add("x", to: ["b"], AliasMetadata(isWriteIndex: true))])
        } throws: {
            if case IndicesError.severalWriteIndices("x", ["a", "b"]) = $0 { true } else { false }
        }
    }

    @Test func anAliasIsHiddenOrNot() async throws {
        let node = try await TestNode()
        try await node.createIndex("a")
        try await node.createIndex("b")
        try await node.registry.updateAliases([add("x", to: ["a"], AliasMetadata(isHidden: true))])
        #expect(await thrownCase { try await node.registry.updateAliases([add("x", to: ["b"])]) } == "aliasHiddenInPart")
        try await node.registry.updateAliases([add("x", to: ["a", "b"])])
    }

    @Test func filtersMustBeQueries() async throws {
        let node = try await TestNode()
        try await node.createIndex("a")
        #expect(await thrownCase {
            try await node.registry.updateAliases([add("x", to: ["a"], AliasMetadata(filter: ["nope": [:]]))])
        } == "invalidAliasFilter.unknown")
    }
}
