import TestSupport
import Testing

@testable import Files

@Suite struct SystemMemoryTests {
    @Test func thereIsALimit() {
        #expect(SystemMemory.limit > 1 << 20)
    }

    /// As systemd, Docker and older kernels put a process into groups.
    @Test(arguments: [
        ("0::/system.slice/clipsearch.service\n", [
            "/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/system.slice/memory.max",
            "/sys/fs/cgroup/system.slice/clipsearch.service/memory.max",
        ]),
        ("0::/\n", ["/sys/fs/cgroup/memory.max"]),
        ("5:cpu,memory:/small\n4:devices:/\n", [
            "/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/small/memory.limit_in_bytes",
        ]),
        ("", []), ("nonsense\n", []),
    ])
    func groupsAreFound(membership: String, files: [String]) {
        #expect(SystemMemory.limitFiles(membership: membership) == files)
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
