internal import Files
internal import JSON
internal import Synchronization

/// The node's directory: who the node is, and where each index lives.
///
/// `node.lock` is locked while a process uses the directory, so that two never write the same shards.
public final class DataDirectory: Sendable {
    private static let formatVersion = 1

    public let path: String
    /// The node's id, made when the directory is first used; also the cluster's `cluster_uuid`.
    public let nodeID: String
    private let lock: Mutex<FileLock?>

    /// Opens the directory, and makes it if it is not there.
    ///
    /// - Throws: `IndicesError.dataDirectoryInUse`, `.damagedFile`, `.file`.
    public init(opening path: String) throws(IndicesError) {
        self.path = path
        try IndicesError.wrapping(Directory.create(path + "/indices"))
        guard let lock = try IndicesError.wrapping(FileLock(file: path + "/node.lock")) else {
            throw .dataDirectoryInUse(path: path)
        }
        self.lock = Mutex(lock)
        nodeID = try Self.node(at: path + "/node.json")
    }

    func path(ofIndex uuid: String) -> String { path + "/indices/" + uuid }

    /// Added to a folder's name until its index is complete, and from when it is deleted.
    static let unfinishedSuffix = ".new"
    static let deletedSuffix = ".deleted"

    /// The folders of all indices. What a crash left of one being made or deleted is removed; nothing else ever is.
    func indexPaths() throws(IndicesError) -> [String] {
        let root = path + "/indices"
        var paths: [String] = []
        for name in try IndicesError.wrapping(Directory.names(in: root)).sorted() {
            let path = root + "/" + name
            if name.hasSuffix(Self.unfinishedSuffix) || name.hasSuffix(Self.deletedSuffix) {
                try IndicesError.wrapping(Path.remove(path))
            } else {
                paths.append(path)
            }
        }
        return paths
    }

    /// Lets another process have the directory.
    func release() {
        lock.withLock { $0 = nil }
    }

    private static func node(at path: String) throws(IndicesError) -> String {
        guard try IndicesError.wrapping(Path.exists(path)) else {
            let id = DocumentID.makeUUID()
            let node: JSONValue = ["format_version": .int(formatVersion), "node_id": .string(id)]
            try IndicesError.wrapping(File.replace(path, with: node.serialized(pretty: true)))
            return id
        }
        let bytes = try IndicesError.wrapping(File.contents(of: path))
        guard let document = try? JSONDocument(parsing: bytes), let node = document.root.object,
            let id = node["node_id"]?.string
        else { throw .damagedFile(path: path, reason: "it is not a node description") }
        guard node["format_version"]?.int == formatVersion else {
            throw .damagedFile(path: path, reason: "its format version is not \(formatVersion)")
        }
        return id
    }
}
