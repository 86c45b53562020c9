import Configuration
import Foundation
import TestSupport
import Testing

@testable import clipsearch

@Suite struct SettingsTests {
    @Test func flagsBeatTheFile() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".yml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let yaml = "http:\n  port: 1234\n  host: 0.0.0.0\npath:\n  models:\n    - a\n    - b\n"
        try Data(yaml.utf8).write(to: URL(fileURLWithPath: path))
        let settings = try await Settings(file: path, flags: ["http.port": 5678])
        #expect(settings.port == 5678)
        #expect(settings.host == "0.0.0.0")
        #expect(settings.modelPaths == ["a", "b"])
        #expect(settings.startedModels == ["compact"])
    }

    @Test func keysMayBeWrittenDotted() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".yml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("http.port: 4321\n".utf8).write(to: URL(fileURLWithPath: path))
        #expect(try await Settings(file: path, flags: [:]).port == 4321)
    }

    @Test func theDocumentedFileHoldsTheDefaults() async throws {
        let documented = try await Settings(file: "\(Repository.root)/config/clipsearch.yml", flags: [:])
        #expect(documented == Settings.defaults)
    }

    @Test func badValuesNameTheirKey() async {
        #expect(await thrownCase { try await Settings(file: nil, flags: ["http.port": "none"]) } == "invalidValue")
        #expect(await thrownCase { try await Settings(file: nil, flags: ["http.port": 70_000]) } == "invalidValue")
        #expect(await thrownCase { try await Settings(file: nil, flags: ["log.level": "loud"]) } == "invalidValue")
    }

    @Test(arguments: [
        ("http:\n  prot: 9200\n", "http.prot"), ("inference.threads: 2\nlevel: debug\n", "level"), ("http: 5\n", "http"),
    ])
    func unknownKeysAreNamed(yaml: String, key: String) async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".yml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(yaml.utf8).write(to: URL(fileURLWithPath: path))
        let error = await #expect(throws: SettingsError.self) { try await Settings(file: path, flags: [:]) }
        #expect(error?.description.contains("unknown setting [\(key)]") == true)
    }

    @Test func brokenYAMLNamesTheFile() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".yml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("http: [".utf8).write(to: URL(fileURLWithPath: path))
        let error = await #expect(throws: (any Error).self) { try await Settings(file: path, flags: [:]) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(path))
    }

    @Test func foldersOfPicturesMustBeThere() async throws {
        let folder = try TemporaryFolder()
        try await Settings(file: nil, flags: ["path.pictures": .init(.stringArray([folder.path]), isSecret: false)]).checkPictureFolders()
        let settings = try await Settings(file: nil, flags: ["path.pictures": .init(.stringArray([folder.path, "/nowhere"]), isSecret: false)])
        #expect(throws: SettingsError.notAFolder(key: "path.pictures", path: "/nowhere")) { try settings.checkPictureFolders() }
    }

    @Test func aModelThatIsNowhereIsNamedWithTheFolders() async throws {
        let folder = try TemporaryFolder()
        var settings = Settings.defaults
        (settings.dataPath, settings.modelPaths, settings.port) = (folder.path + "/data", [folder.path + "/models"], 0)
        let node = try await Node(settings)
        await #expect(throws: SettingsError.noSuchModel("compact", folders: settings.modelPaths)) { try await node.serve { _ in } }
        await node.close()
    }

    @Test func aMissingFileThatWasNamedIsAnError() async {
        await #expect(throws: (any Error).self) { try await Settings(file: "/does/not/exist.yml", flags: [:]) }
    }
}
