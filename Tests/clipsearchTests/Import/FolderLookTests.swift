import Testing

@testable import clipsearch

@Suite struct FolderLookTests {
    @Test(arguments: [("a/x.jpg", false), ("a/b/x.jpg", false), ("ab/x.jpg", true), ("a", true), ("x.jpg", true)])
    func nothingIsKnownOfWhatIsBelowAFolderThatCannotBeRead(path: String, isKnown: Bool) {
        #expect(ImageFolder.Listing(unreadable: ["a"]).knows(path) == isKnown)
        #expect(FolderScan(unreadable: ["a"]).knows(path) == isKnown)
    }
}
