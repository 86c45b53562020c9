internal import Glibc

extension File {
    /// The whole content of the file at `path`, which may be a pipe.
    public static func contents(of path: String) throws(FileError) -> [UInt8] {
        let file = try File(path, .read)
        // More than the size that is told: files of the system are said to be empty.
        var pieceSize = max(try file.size, 0) + 1
        var contents: [UInt8] = []
        while true {
            let piece = try file.next(pieceSize)
            if contents.isEmpty { contents = piece } else { contents += piece }
            if piece.count < pieceSize { return contents }
            pieceSize = 1 << 16
        }
    }

    /// Replaces the file at `path` by one with this content: a reader sees the old content or the new, also after a loss
    /// of power.
    public static func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
        let file = try File(path + ".new", .replace)
        try file.write(bytes, at: 0)
        try file.synchronize()
        try Path.move(file.path, to: path)
    }

    /// The next bytes; fewer than `count` at the end only.
    private func next(_ count: Int) throws(FileError) -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, done throws(FileError) in
            while done < count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[done...])
                let read = try system(.read, path) { Glibc.read(descriptor, rest.baseAddress, rest.count) }
                if read == 0 { return }
                done += read
            }
        }
    }
}
