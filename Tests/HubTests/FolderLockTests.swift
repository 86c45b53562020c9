import Testing

@testable import Hub

@Suite struct FolderLockTests {
    private static func isFree(_ path: String) -> Bool {
        do throws(HubError) {
            _ = try FolderLock(path)
            return true
        } catch {
            return false
        }
    }

    @Test func endsWithTheValue() async throws {
        try await withTemporaryFolder { folder in
            do {
                let lock = try FolderLock("\(folder)/a")
                #expect(!Self.isFree("\(folder)/a") && Self.isFree("\(folder)/b"))
                withExtendedLifetime(lock) {}
            }
            #expect(Self.isFree("\(folder)/a"))
        }
    }

    @Test func aFolderThatWasRemovedIsMadeAgain() async throws {
        try await withTemporaryFolder { folder in
            let lock = try FolderLock("\(folder)/a")
            try Folder.remove("\(folder)/a")
            // Another folder of that name, which nobody holds.
            #expect(Self.isFree("\(folder)/a"))
            withExtendedLifetime(lock) {}
        }
    }
}
