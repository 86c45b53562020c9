import Foundation
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
    private let lock: Mutex<Int32?>

    /// Opens the directory, and makes it if it is not there.
    ///
    /// - Throws: `IndicesError.dataDirectoryInUse`, `.damagedFile`, `.fileSystem`.
    public init(opening path: String) throws(IndicesError) {
        self.path = path
        try DurableFile.createDirectory(path + "/indices")
        let lockPath = path + "/node.lock"
        let lock = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard lock >= 0 else { throw .fileSystem(path: lockPath, reason: String(cString: strerror(errno))) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw .dataDirectoryInUse(path: path)
        }
        do {
            nodeID = try Self.node(at: path + "/node.json")
        } catch {
            close(lock)
            throw error
        }
        self.lock = Mutex(lock)
    }

    func path(ofIndex uuid: String) -> String { path + "/indices/" + uuid }

    /// Added to a folder's name until its index is complete, and from when it is deleted.
    static let unfinishedSuffix = ".new"
    static let deletedSuffix = ".deleted"

    /// The folders of all indices. What a crash left of one being made or deleted is removed; nothing else ever is.
    func indexPaths() throws(IndicesError) -> [String] {
        let root = path + "/indices"
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: root) else {
            throw .fileSystem(path: root, reason: "it cannot be listed")
        }
        var paths: [String] = []
        for name in names.sorted() {
            let path = root + "/" + name
            if name.hasSuffix(Self.unfinishedSuffix) || name.hasSuffix(Self.deletedSuffix) {
                try DurableFile.remove(path)
            } else {
                paths.append(path)
            }
        }
        return paths
    }

    /// Lets another process have the directory.
    func release() {
        lock.withLock { lock in
            if let lock { close(lock) }
            lock = nil
        }
    }

    deinit {
        release()
    }

    private static func node(at path: String) throws(IndicesError) -> String {
        guard try DurableFile.exists(path) else {
            let id = DocumentID.make()
            let node: JSONValue = ["format_version": .int(formatVersion), "node_id": .string(id)]
            try DurableFile.replace(path, with: node.serialized(pretty: true))
            return id
        }
        guard let document = try? JSONDocument(parsing: DurableFile.read(path)), let node = document.root.object,
            let id = node["node_id"]?.string
        else { throw .damagedFile(path: path, reason: "it is not a node description") }
        guard node["format_version"]?.int == formatVersion else {
            throw .damagedFile(path: path, reason: "its format version is not \(formatVersion)")
        }
        return id
    }
}
