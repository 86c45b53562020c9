import Files
import TestSupport
import Testing

@Suite struct FileSignatureTests {
    @Test func changesShow() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a", "1".utf8)
        let before = try #require(FileSignature(of: path))
        #expect(FileSignature(of: path) == before && before.size == 1 && before.modifiedMilliseconds > 1_500_000_000_000)
        try File(path, .replace).write(Array("23".utf8), at: 0)
        let after = try #require(FileSignature(of: path))
        #expect(after != before && after.size == 2)
    }

    @Test func filesAreToldApart() throws {
        let folder = try TemporaryFolder()
        let a = try #require(FileSignature(of: try folder.write("a", "1".utf8)))
        let b = try #require(FileSignature(of: try folder.write("b", "1".utf8)))
        #expect(!a.isSameFile(as: b) && a.isSameFile(as: a))
        #expect(FileSignature(of: folder.path) != nil && FileSignature(of: folder.path + "/none") == nil)
    }
}
