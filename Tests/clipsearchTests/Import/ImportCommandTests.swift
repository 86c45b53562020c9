import ArgumentParser
import TestSupport
import Testing

@testable import clipsearch

@Suite struct ImportCommandTests {
    @Test func defaults() throws {
        let command = try ImportCommand.parse(["pictures", "--index", "photos"])
        #expect(command.folder == "pictures" && command.embed == nil && command.thumbnails && !command.watch && !command.delete)
    }

    @Test func everythingAtOnce() throws {
        let command = try ImportCommand.parse([
            "pictures", "--index", "photos", "--embed", "here", "--models", "m", "--draft", "--fields", "f.csv", "--no-thumbnails", "--watch",
            "--interval", "0.5", "--delete", "--checksum", "--batch", "8",
        ])
        #expect(command.embed == .here && command.fields == "f.csv" && !command.thumbnails && command.interval == 0.5 && command.batch == 8)
    }

    @Test func modelsAreFoundByTheirIds() {
        #expect(LocalEmbedder.hasModel("compact", in: ["\(Repository.root)/Models"]))
        #expect(!LocalEmbedder.hasModel("none", in: ["\(Repository.root)/Models"]) && !LocalEmbedder.hasModel("compact", in: []))
    }

    @Test func aMoveNeedsNoFolder() throws {
        let command = try ImportCommand.parse(["--from-elasticsearch", "http://es:9200", "--index", "photos", "--to", "mine"])
        #expect(command.node.authorities == nil && command.source == "http://es:9200" && command.to == "mine" && command.folder == nil)
    }

    @Test(arguments: [
        ["--index", "photos"], ["pictures"], ["pictures", "--index", "Photos"], ["pictures", "--index", "photos", "--to", "x"],
        ["pictures", "--index", "photos", "--from-elasticsearch", "http://es"], ["pictures", "--index", "photos", "--embed", "node", "--models", "m"],
        ["pictures", "--index", "photos", "--embed", "node", "--draft"], ["pictures", "--index", "photos", "--batch", "0"],
        ["pictures", "--index", "photos", "--interval", "0"], ["pictures", "--index", "photos", "--embed", "there"],
        ["--from-elasticsearch", "http://es", "--index", "photos", "--to", "Bad"],
        ["pictures", "--index", "photos", "--ca", "/nowhere.pem"],
    ])
    func contradictionsAreRefused(arguments: [String]) {
        #expect(throws: (any Error).self) { try ImportCommand.parse(arguments) }
    }
}
