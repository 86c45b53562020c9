internal import FoundationEssentials

/// Directories, with errors that name them.
enum Directory {
    static func create(_ path: String) throws(ShardError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw .directory(path: path, reason: String(describing: error))
        }
    }

    /// Removes a directory and what is in it, if it is there.
    static func remove(_ path: String) throws(ShardError) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw .directory(path: path, reason: String(describing: error))
        }
    }

    /// Bytes of all files below a directory, as they are allocated: files with holes count what they hold.
    static func allocatedBytes(_ path: String) -> Int {
        guard let names = try? FileManager.default.subpathsOfDirectory(atPath: path) else { return 0 }
        return names.reduce(0) { sum, name in sum + FileStatus.allocatedBytes(path + "/" + name) }
    }
}
