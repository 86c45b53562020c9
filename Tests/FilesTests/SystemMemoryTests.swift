import TestSupport
import Testing

@testable import Files

@Suite struct SystemMemoryTests {
    @Test func thereIsALimit() {
        #expect(SystemMemory.limit > 1 << 20)
    }

    @Test(arguments: [("1048576\n", 1_048_576 as Int?), ("max\n", nil), ("", nil)])
    func groupsSayWhatTheyAllow(text: String, allowance: Int?) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/memory.max"
        #expect(SystemMemory.allowance(in: path) == nil)
        try File(path, .replace).write(Array(text.utf8), at: 0)
        #expect(SystemMemory.allowance(in: path) == allowance)
    }
}
