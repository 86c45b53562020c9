import JSON
import Scripts
import Testing
import TestSupport

@testable import Indices

@Suite struct StoredScriptsTests {
    @Test func scriptsSurviveARestart() async throws {
        let node = try await TestNode()
        let stored = StoredScripts.Stored(language: "painless", source: "params.a + 1")
        try node.registry.scripts.put("s", stored)
        try await node.restart()
        #expect(node.registry.scripts["s"] == stored)
        let parameters = ScriptParameters(["a": 1])
        #expect(
            try node.registry.scripts.resolve(.stored(id: "s", parameters: parameters)) == Script("params.a + 1", parameters: parameters))
        try node.registry.scripts.delete("s")
        #expect(node.registry.scripts["s"] == nil)
    }

    @Test func whatIsNotThereIsAnError() async throws {
        let node = try await TestNode()
        #expect(thrownCase { try node.registry.scripts.delete("s") } == "storedScriptMissing")
        #expect(thrownCase { try node.registry.scripts.resolve(.stored(id: "s", parameters: .init())) } == "scriptNotFound")
        try node.registry.scripts.put("m", .init(language: "mustache", source: "{}"))
        #expect(thrownCase { try node.registry.scripts.resolve(.stored(id: "m", parameters: .init())) } == "scriptLanguageNotSupported")
    }
}
