import Foundation
import Testing

@testable import Hub

@Suite struct FolderTests {
    @Test func madeWithAllAbove() async throws {
        try await withTemporaryFolder { folder in
            try Folder.make("\(folder)/a/b/c")
            try Folder.make("\(folder)/a/b/c")
            #expect(Folder.names(in: "\(folder)/a/b") == ["c"])
        }
    }

    @Test func removedWithAllBelowButNotWhatLinksLeadTo() async throws {
        try await withTemporaryFolder { folder in
            try Folder.make("\(folder)/kept")
            try Data([1]).write(to: URL(fileURLWithPath: "\(folder)/kept/file"))
            try Folder.make("\(folder)/gone/deep")
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/gone/link", withDestinationPath: "\(folder)/kept")
            #expect(Folder.files(below: folder).sorted() == ["gone/link", "kept/file"])
            try Folder.remove("\(folder)/gone")
            try Folder.remove("\(folder)/gone")
            #expect(Folder.files(below: folder) == ["kept/file"])
        }
    }
}
