internal import Foundation

/// A folder in memory, in which each input replaces the one before.
struct ScratchFolder {
    let path: String

    init() {
        path = "/dev/shm/clipsearch-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// The path of the written file; nil if there is no room for it.
    func write(_ name: String, _ bytes: [UInt8]) -> String? {
        let file = path + "/" + name
        return FileManager.default.createFile(atPath: file, contents: Data(bytes)) ? file : nil
    }
}
