import ArgumentParser
import Testing

@testable import clipsearch

@Suite struct ModelPullCommandTests {
    @Test func defaults() throws {
        let command = try #require(try ModelCommand.parseAsRoot(["pull", "acme/model"]) as? ModelPullCommand)
        #expect(command.model == "acme/model")
        #expect(command.revision == "main")
        #expect(command.id == nil && command.models == nil && !command.force)
    }

    @Test func options() throws {
        let arguments = ["acme/model", "--revision", "v2", "--id", "mine", "--models", "/m", "--force"]
        let command = try ModelPullCommand.parse(arguments)
        #expect(command.revision == "v2" && command.id == "mine" && command.models == "/m" && command.force)
    }

    @Test func aModelIsNeeded() {
        #expect(throws: (any Error).self) { try ModelPullCommand.parse(["--revision", "v2"]) }
    }

    @Test func refusalsSayWhatHelps() {
        #expect(PullRefusal.idTaken("a__b", by: "models/a/b").description.contains("--id"))
        #expect("\(PullRefusal.unusable("a/b", reason: "it is none"))" == "a/b cannot be run: it is none")
    }
}
