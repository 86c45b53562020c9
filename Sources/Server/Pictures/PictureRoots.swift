internal import Files
internal import ImagePreprocessing

/// The folders on this machine from which whole pictures may be shown: `path.pictures` of the settings.
///
/// Documents come from outside, and so do the paths in them. What is read is therefore checked after all links are followed:
/// it must lie below one of the folders, be a file, and be a picture by its own first bytes.
struct PictureRoots: Sendable {
    /// Links followed. A folder that is not there when the node starts is none.
    private let folders: [String]

    init(_ paths: [String] = []) {
        folders = paths.compactMap { try? Path.resolved($0) }.filter { Path.isDirectory($0) }
    }

    /// The picture at a path below one of the folders; nil if none has it, or what it has is no picture.
    ///
    /// - Parameter relativePath: as a document says it.
    func picture(at relativePath: String) -> [UInt8]? {
        guard Self.isPlain(relativePath) else { return nil }
        for folder in folders {
            guard let path = try? Path.resolved(Path.join(folder, relativePath)), Self.lies(path, below: folder),
                let bytes = Self.picture(path)
            else { continue }
            return bytes
        }
        return nil
    }

    /// Neither absolute nor with parts that lead elsewhere, nor cut off by a zero byte where the system reads it.
    private static func isPlain(_ path: String) -> Bool {
        guard !path.isEmpty, !path.utf8.contains(0) else { return false }
        return path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !["", ".", ".."].contains($0) }
    }

    private static func lies(_ path: String, below folder: String) -> Bool {
        path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
    }

    /// Nothing is opened that is no file, since a pipe would be waited for.
    private static func picture(_ path: String) -> [UInt8]? {
        guard Path.isFile(path), let size = Path.size(of: path), size <= ImageLimits().bytes,
            let bytes = try? File.contents(of: path), ImageFormat(sniffing: bytes) != nil
        else { return nil }
        return bytes
    }
}
