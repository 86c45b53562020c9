import Analysis
import JSON
import Mapping
import Testing
import TestSupport

@testable import Indices

@Suite struct TemplateTests {
    private func mappings(_ text: String) throws -> JSONValue { JSONValue(try JSONDocument(parsing: text).root) }

    @Test func partsAreLaidOverEachOther() async throws {
        let node = try await TestNode()
        let registry = node.registry
        try registry.putComponentTemplate(
            ComponentTemplate(
                body: TemplateBody(
                    settings: ["index.number_of_shards": "3", "index.refresh_interval": "5s"],
                    mappings: try mappings(#"{"properties":{"a":{"type":"keyword"},"o":{"properties":{"x":{"type":"long"}}}}}"#))),
            name: "base", mustCreate: false)
        try registry.putIndexTemplate(
            IndexTemplate(
                patterns: ["logs-*"], components: ["base"],
                body: TemplateBody(
                    settings: ["index.number_of_shards": "2"],
                    mappings: try mappings(#"{"properties":{"a":{"type":"text"},"o":{"properties":{"y":{"type":"date"}}}}}"#),
                    aliases: ["{index}-alias": AliasMetadata()]), priority: 5),
            name: "logs", mustCreate: false)
        try registry.putIndexTemplate(IndexTemplate(patterns: ["*"], body: TemplateBody(settings: ["index.hidden": "true"])), name: "all", mustCreate: false)
        let metadata = try await node.createIndex(
            "logs-1", mappings: #"{"properties":{"b":{"type":"boolean"}}}"#, settings: #"{"refresh_interval":"7s"}"#)
        #expect(metadata.settings.numberOfShards == 2 && metadata.settings.refreshInterval == .seconds(7))
        #expect(!metadata.settings.isHidden)
        #expect(metadata.mapping.fields.map(\.path) == ["a", "b", "o.x", "o.y"])
        #expect(metadata.mapping.field("a")?.type.name == "text")
        #expect(metadata.aliases.keys.sorted() == ["logs-1-alias"])
        try await node.restart()
        try await node.index("logs-2", "1", "{}")
        #expect(try node.registry.metadata(IndexExpression(["logs-2"]))[0].settings.numberOfShards == 2)
    }

    @Test func templatesOfOnePriorityDoNotOverlap() async throws {
        let node = try await TestNode()
        try node.registry.putIndexTemplate(IndexTemplate(patterns: ["a-*"]), name: "one", mustCreate: false)
        #expect {
            try node.registry.putIndexTemplate(IndexTemplate(patterns: ["*-b"]), name: "two", mustCreate: false)
        } throws: {
            if case IndicesError.overlappingTemplates(name: "two", _, 0, _) = $0 { true } else { false }
        }
        try node.registry.putIndexTemplate(IndexTemplate(patterns: ["*-b"], priority: 1), name: "two", mustCreate: false)
        try node.registry.putIndexTemplate(IndexTemplate(patterns: ["c*"]), name: "three", mustCreate: false)
    }

    @Test func componentsMustBeThereAndStay() async throws {
        let node = try await TestNode()
        let registry = node.registry
        #expect(thrownCase {
            try registry.putIndexTemplate(IndexTemplate(patterns: ["a"], components: ["c"]), name: "t", mustCreate: false)
        } == "invalidTemplate")
        try registry.putIndexTemplate(
            IndexTemplate(patterns: ["a"], components: ["c"], optionalComponents: ["c"]), name: "t", mustCreate: false)
        try registry.putComponentTemplate(ComponentTemplate(body: TemplateBody()), name: "c", mustCreate: true)
        #expect(thrownCase {
            try registry.putComponentTemplate(ComponentTemplate(body: TemplateBody()), name: "c", mustCreate: true)
        } == "templateExists")
        try registry.putIndexTemplate(IndexTemplate(patterns: ["a"], components: ["c"]), name: "t", mustCreate: false)
        #expect(thrownCase { try registry.deleteComponentTemplates(["c"]) } == "componentInUse")
        try registry.deleteIndexTemplates(["t"])
        try registry.deleteComponentTemplates(["c"])
        #expect(thrownCase { try registry.deleteIndexTemplates(["t"]) } == "templateMissing")
    }

    @Test func olderTemplatesGoByOrder() async throws {
        let node = try await TestNode()
        for (name, order) in [("late", 2), ("early", 1)] {
            try node.registry.putLegacyTemplate(
                LegacyTemplate(patterns: ["a*"], order: order, body: TemplateBody(settings: ["index.number_of_shards": .string("\(order)")])),
                name: name, mustCreate: false)
        }
        #expect(try await node.createIndex("a1").settings.numberOfShards == 2)
        try node.registry.putIndexTemplate(IndexTemplate(patterns: ["a*"]), name: "new", mustCreate: false)
        #expect(try await node.createIndex("a2").settings.numberOfShards == 1)
    }

    @Test(arguments: [("a*", "*b", true), ("a*", "b*", false), ("a", "a", true), ("a*c", "ab*", true), ("*", "x", true), ("a*b", "a*c", false)])
    func patternsOverlap(_ left: String, _ right: String, _ overlap: Bool) {
        #expect(PatternOverlap.exists(Array(left.utf8), Array(right.utf8)) == overlap)
    }

    @Test func automaticCreationCanBeRefused() async throws {
        let node = try await TestNode()
        try node.registry.cluster.changeSettings(
            persistent: SettingsChange([ClusterSettings.automaticCreation: "+a*,-*"]), transient: SettingsChange([:]))
        try await node.index("a1", "1", "{}")
        #expect(await thrownCase { try await node.index("b1", "1", "{}") } == "automaticCreationRefused")
        try await node.restart()
        #expect(await thrownCase { try await node.index("b1", "1", "{}") } == "automaticCreationRefused")
        try node.registry.putIndexTemplate(
            IndexTemplate(patterns: ["b*"], allowsAutomaticCreation: true), name: "b", mustCreate: false)
        try await node.index("b1", "1", "{}")
    }
}
