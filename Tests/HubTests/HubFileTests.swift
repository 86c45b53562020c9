import Files
import Foundation
import Testing

@testable import Hub

@Suite struct HubFileTests {
    @Test func folderAndName() {
        let file = HubFile(path: "text/1_Pooling/config.json", size: 0, digest: .gitBlob(""))
        #expect(file.folder == "text/1_Pooling" && file.name == "config.json")
        let top = HubFile(path: "config.json", size: 0, digest: .gitBlob(""))
        #expect(top.folder == "" && top.name == "config.json")
    }

    @Test func matchesItsContentOnly() async throws {
        let file = HubFile(path: "x", size: 6, digest: .gitBlob("ce013625030ba8dba906f756967f9e9ca394464a"))
        try await withTemporaryFolder { folder in
            for (text, matches) in [("hello\n", true), ("hellO\n", false), ("hello\n\n", false), ("", false)] {
                try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/x"))
                #expect(try file.matches("\(folder)/x") == matches)
            }
            #expect(try !file.matches(folder))
            #expect(throws: HubError.file(FileError(.open, path: "\(folder)/y", code: ENOENT))) { try file.matches("\(folder)/y") }
        }
    }
}
