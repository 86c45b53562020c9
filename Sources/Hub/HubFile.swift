internal import Files
internal import JSON

/// A file of a revision, as the hub lists it.
public struct HubFile: Hashable, Sendable {
    /// Relative to the model's folder, `1_Pooling/config.json`.
    public let path: String
    public let size: Int
    public let digest: FileDigest

    public init(path: String, size: Int, digest: FileDigest) {
        self.path = path
        self.size = size
        self.digest = digest
    }

    /// An element of the answer to `/api/models/…/tree/…` that is a file.
    ///
    /// - Returns: Nil for a file without a size or a checksum.
    init?(_ entry: JSONObject) {
        guard let path = entry["path"]?.string else { return nil }
        let lfs = entry["lfs"]?.object
        guard let size = (lfs ?? entry)["size"]?.int, size >= 0, let oid = (lfs ?? entry)["oid"]?.string,
            Self.isHexadecimal(oid, digits: lfs == nil ? 40 : 64)
        else { return nil }
        self.init(path: path, size: size, digest: lfs == nil ? .gitBlob(oid.lowercased()) : .sha256(oid.lowercased()))
    }

    /// The folder's path, without a slash at its end; empty for the top.
    var folder: Substring { path.lastIndex(of: "/").map { path[..<$0] } ?? "" }

    var name: Substring { path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...] }

    static func isHexadecimal(_ text: String, digits: Int) -> Bool {
        text.utf8.count == digits
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }
    }
}

extension HubFile {
    /// Whether the file at `path` has this content.
    ///
    /// - Complexity: O(size).
    /// - Throws: `HubError.file`, also if there is none.
    func matches(_ path: String) throws(HubError) -> Bool {
        let file = try HubError.wrapping(File(path, .read))
        guard try HubError.wrapping(file.isRegular), try HubError.wrapping(file.size) == size else { return false }
        var digest = DigestComputation(like: digest, size: size)
        return try digest.update(contentsOf: file) == size && digest.finish() == self.digest
    }
}
