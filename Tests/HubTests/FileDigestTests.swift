import Testing

@testable import Hub

@Suite struct FileDigestTests {
    private static func digest(_ text: String, like digest: FileDigest) -> FileDigest {
        var computation = DigestComputation(like: digest, size: text.utf8.count)
        // In two pieces.
        let bytes = Array(text.utf8), half = bytes.count / 2
        bytes[..<half].withUnsafeBytes { computation.update($0) }
        bytes[half...].withUnsafeBytes { computation.update($0) }
        return computation.finish()
    }

    /// As `printf … | git hash-object --stdin` and `printf … | sha256sum` say.
    @Test(arguments: [
        ("", FileDigest.gitBlob("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")),
        ("hello\n", .gitBlob("ce013625030ba8dba906f756967f9e9ca394464a")),
        ("", .sha256("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")),
        ("hello\n", .sha256("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03")),
    ])
    func known(text: String, expected: FileDigest) {
        #expect(Self.digest(text, like: expected) == expected)
    }
}
