import JSON
import Testing

@testable import Indices

@Suite struct IndexSettingsPipelinesTests {
    /// An alias's writes have the pipeline of its write index.
    @Test func aliasesMeanTheirWriteIndex() async throws {
        let node = try await TestNode()
        for (name, isWriteIndex) in [("a", false), ("b", true)] {
            let settings = try IndexSettings(JSONDocument(parsing: #"{"default_pipeline":"of-\#(name)"}"#).root)
            try await node.registry.createIndex(name, settings: settings, aliases: ["alias": AliasMetadata(isWriteIndex: isWriteIndex)])
        }
        #expect(node.registry.settings(toWrite: "alias")?.defaultPipeline == "of-b")
        #expect(node.registry.settings(toWrite: "a")?.defaultPipeline == "of-a")
        #expect(node.registry.settings(toWrite: "a")?.finalPipeline == nil)
        #expect(node.registry.settings(toWrite: "none") == nil)
    }

    @Test func pipelinesMayChange() {
        for key in ["index.default_pipeline", "index.final_pipeline"] { #expect(KnownSettings.scope(of: key) == .dynamic) }
    }
}
