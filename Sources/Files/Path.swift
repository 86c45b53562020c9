internal import Glibc

/// Names of files and directories, and what is done to either.
public enum Path {
    /// `directory/name`, or `directory` for an empty name.
    public static func join(_ directory: String, _ name: String) -> String {
        if name.isEmpty { return directory }
        return directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
    }

    /// The directory that holds `path`: `.` for a bare name.
    public static func parent(of path: String) -> String {
        func withoutSlashes(_ path: Substring) -> Substring {
            path.lastIndex { $0 != "/" }.map { path[...$0] } ?? path.prefix(1)
        }
        let name = withoutSlashes(path[...])
        guard let slash = name.lastIndex(of: "/") else { return "." }
        return String(withoutSlashes(name[...slash]))
    }

    /// Whether there is anything, be it a link to nowhere. What cannot be looked at is an error, not missing.
    public static func exists(_ path: String) throws(FileError) -> Bool {
        try FileStatus(path, followingLinks: false) != nil
    }

    /// Whether there is a regular file, or a link to one.
    public static func isFile(_ path: String) -> Bool {
        (try? FileStatus(path, followingLinks: true))?.isFile == true
    }

    /// The bytes of a file, or of what a link leads to; nil if it cannot be looked at.
    public static func size(of path: String) -> Int? {
        (try? FileStatus(path, followingLinks: true))?.size
    }

    /// When what a file holds was last written, in seconds since 1970; nil if it cannot be looked at.
    public static func modificationTime(of path: String) -> Double? {
        (try? FileStatus(path, followingLinks: false))?.modificationTime
    }

    /// Whether there is a directory.
    ///
    /// - Parameter followingLinks: Whether a link to one counts.
    public static func isDirectory(_ path: String, followingLinks: Bool = true) -> Bool {
        (try? FileStatus(path, followingLinks: followingLinks))?.isDirectory == true
    }

    /// The absolute path that all links lead to.
    public static func resolved(_ path: String) throws(FileError) -> String {
        guard let resolved = realpath(path, nil) else { throw FileError(.inspect, path: path, code: errno) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Renames, in place of a file that has the other name. Both directories must be synchronised for this to survive a
    /// loss of power; `move` does.
    public static func rename(_ path: String, to other: String) throws(FileError) {
        try system(.rename, path) { Glibc.rename(path, other) }
    }

    /// Renames, in place of a file that has the other name, and returns when that would survive a loss of power.
    public static func move(_ path: String, to other: String) throws(FileError) {
        try rename(path, to: other)
        let (source, target) = (parent(of: path), parent(of: other))
        try Directory.synchronize(target)
        if source != target { try Directory.synchronize(source) }
    }

    /// Gives a file a second name on the same file system. Its directory must be synchronised for this to survive a loss of power.
    public static func link(_ path: String, as other: String) throws(FileError) {
        try system(.link, path) { Glibc.link(path, other) }
    }

    /// Removes what is there, if anything, with all that it holds; links are not followed. It stays away after a loss of
    /// power.
    ///
    /// - Complexity: O(files below).
    public static func remove(_ path: String) throws(FileError) {
        if try Directory.removeEntry(Array(path.utf8CString), path: path, in: AT_FDCWD) {
            try Directory.synchronize(parent(of: path))
        }
    }
}
