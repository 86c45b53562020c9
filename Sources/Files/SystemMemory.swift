internal import Glibc

/// The memory that this process may have.
public enum SystemMemory {
    /// The machine's, or what a control group that it is in allows if that is less; in bytes.
    public static let limit: Int = {
        let physical = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
        let membership = (try? File.contents(of: "/proc/self/cgroup")) ?? []
        return limitFiles(membership: String(decoding: membership, as: UTF8.self)).reduce(max(physical, 1)) {
            min($0, allowance(in: $1) ?? .max)
        }
    }()

    /// Where the limits of a process's groups stand, and of the groups around those; see cgroups(7).
    ///
    /// - Parameter membership: /proc/self/cgroup: a line "number:controllers:path" for each hierarchy; of the second version,
    ///   one without controllers.
    static func limitFiles(membership: String) -> [String] {
        let hierarchies = membership.split(separator: "\n").compactMap { line -> (root: String, file: String, path: Substring)? in
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { return nil }
            if fields[1].isEmpty { return ("/sys/fs/cgroup", "memory.max", fields[2]) }
            guard fields[1].split(separator: ",").contains("memory") else { return nil }
            return ("/sys/fs/cgroup/memory", "memory.limit_in_bytes", fields[2])
        }
        return hierarchies.flatMap { root, file, path in
            // In a container the path may be one that only the host sees: the container's own group is the root then.
            path.split(separator: "/").reduce(into: [root]) { $0.append("\($0[$0.count - 1])/\($1)") }.map { "\($0)/\(file)" }
        }
    }

    /// Nil where the file is missing or names no limit.
    static func allowance(in path: String) -> Int? {
        guard let bytes = try? File.contents(of: path) else { return nil }
        return Int(String(decoding: bytes, as: UTF8.self).prefix { $0.isNumber })
    }
}
