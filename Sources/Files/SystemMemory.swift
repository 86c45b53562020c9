internal import Glibc

/// The memory that this process may have.
public enum SystemMemory {
    /// The machine's, or what its control group allows if that is less; in bytes.
    public static let limit: Int = {
        let physical = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
        let groups = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
        return groups.reduce(max(physical, 1)) { min($0, allowance(in: $1) ?? .max) }
    }()

    /// Nil where the file is missing or names no limit.
    static func allowance(in path: String) -> Int? {
        guard let bytes = try? File.contents(of: path) else { return nil }
        return Int(String(decoding: bytes, as: UTF8.self).prefix { $0.isNumber })
    }
}
