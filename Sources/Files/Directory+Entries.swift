internal import Glibc

extension Directory {
    /// A name as the system has it, with a 0 at its end: it need not be UTF-8.
    typealias EntryName = [CChar]

    static func name(_ entry: EntryName) -> String {
        String(decoding: entry.dropLast().lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// All entries but the directory itself and the one above it.
    static func entries(of stream: OpaquePointer, path: String) throws(FileError) -> [EntryName] {
        var entries: [EntryName] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw FileError(.list, path: path, code: errno) }
                return entries
            }
            // The record ends with the name, before the end of the field that is declared for it.
            guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { continue }
            let start = (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
            let name = Array(UnsafeBufferPointer(start: start, count: strlen(start) + 1))
            if name != [0x2E, 0], name != [0x2E, 0x2E, 0] { entries.append(name) }
        }
    }

    /// Removes an entry of an open directory with all that it holds, going from directory to directory by what is open:
    /// no link that somebody puts in the way is followed.
    ///
    /// - Parameter path: The entry's, for errors.
    /// - Returns: Whether there was one.
    @discardableResult
    static func removeEntry(_ name: EntryName, path: String, in parent: Int32) throws(FileError) -> Bool {
        do {
            try system(.remove, path) { unlinkat(parent, name, 0) }
        } catch where error.isMissing {
            return false
        } catch where error.code == EISDIR {
            try removeContents(of: name, path: path, in: parent)
            try system(.remove, path) { unlinkat(parent, name, AT_REMOVEDIR) }
        }
        return true
    }

    private static func removeContents(of name: EntryName, path: String, in parent: Int32) throws(FileError) {
        let descriptor = try system(.list, path) {
            openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        }
        guard let stream = fdopendir(descriptor) else {
            let code = errno
            close(descriptor)
            throw FileError(.list, path: path, code: code)
        }
        defer { closedir(stream) }
        for entry in try entries(of: stream, path: path) {
            try removeEntry(entry, path: Path.join(path, self.name(entry)), in: descriptor)
        }
    }
}
