import Files
import Foundation
import Testing

@testable import Hub

@Suite struct StagingFolderTests {
    private static let files = ["config.json", "1_Pooling/config.json"].map {
        HubFile(path: $0, size: 3, digest: .gitBlob(""))
    }

    private static func write(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    @Test func prepared() async throws {
        try await withTemporaryFolder { models in
            let staging = try StagingFolder(models: models, id: "m", commit: "c")
            let (path, present) = (staging.path, try staging.prepare(Self.files))
            #expect(try present == 0 && Directory.files(below: path).sorted() == ["1_Pooling/config.json", "config.json"])
            try Self.write("ab", "\(path)/config.json")
            try Self.write("abcde", "\(path)/1_Pooling/config.json")
            try Self.write("a stranger", "\(path)/tokenizer.json")
            let again = try staging.prepare(Self.files)
            #expect(try again == 2 + 3 && Directory.files(below: path).count == 2)
        }
    }

    @Test(arguments: [false, true])
    func published(exists: Bool) async throws {
        try await withTemporaryFolder { models in
            if exists {
                try Directory.create("\(models)/m")
                try Self.write("old", "\(models)/m/old")
            }
            let staging = try StagingFolder(models: models, id: "m", commit: "c")
            _ = try staging.prepare(Self.files)
            try staging.publish(Self.files)
            #expect(try Directory.files(below: models).sorted() == ["m/1_Pooling/config.json", "m/config.json"])
            #expect(try Directory.names(in: models) == ["m"])
        }
    }

    @Test func othersStay() async throws {
        try await withTemporaryFolder { models in
            let other = try StagingFolder(models: models, id: "other", commit: "c")
            _ = try other.prepare(Self.files)
            let staging = try StagingFolder(models: models, id: "m", commit: "c")
            _ = try staging.prepare(Self.files)
            try staging.discard()
            #expect(try Directory.names(in: "\(models)/.pulls") == ["other"])
            withExtendedLifetime(other) {}
        }
    }
}
