internal import Files
public import JSON
internal import Synchronization

/// Small JSON objects by name that belong to no index: stored scripts, pipelines. One file, replaced whole.
public final class NamedObjects: Sendable {
    private static let formatVersion = 1

    private let path: String
    private let objects: Mutex<[String: JSONValue]>
    /// Held while a change is written.
    private let changing = Mutex(())

    /// - Throws: `IndicesError.damagedFile`, `.file`.
    public init(reading path: String) throws(IndicesError) {
        self.path = path
        objects = Mutex(try Self.read(path))
    }

    public var all: [String: JSONValue] { objects.withLock { $0 } }

    public subscript(name: String) -> JSONValue? { objects.withLock { $0[name] } }

    /// Puts an object under a name, or takes it away; on disk first.
    ///
    /// - Returns: whether there was one.
    /// - Throws: `IndicesError.file`; nothing is changed then.
    @discardableResult
    public func set(_ name: String, _ value: JSONValue?) throws(IndicesError) -> Bool {
        try changing.withLock { _ throws(IndicesError) in
            var changed = all
            let former = changed.updateValue(value ?? .null, forKey: name)
            if value == nil { changed[name] = nil }
            let sorted = changed.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            let file: JSONValue = ["format_version": .int(Self.formatVersion), "objects": .object(JSONMembers(sorted))]
            try IndicesError.wrapping(File.replace(path, with: file.serialized(pretty: true)))
            objects.withLock { $0 = changed }
            return former != nil
        }
    }

    private static func read(_ path: String) throws(IndicesError) -> [String: JSONValue] {
        guard try IndicesError.wrapping(Path.exists(path)) else { return [:] }
        let bytes = try IndicesError.wrapping(File.contents(of: path))
        guard let root = (try? JSONDocument(parsing: bytes))?.root.object, let objects = root["objects"]?.object else {
            throw .damagedFile(path: path, reason: "it is not a list of objects")
        }
        guard root["format_version"]?.int == formatVersion else {
            throw .damagedFile(path: path, reason: "its format version is not \(formatVersion)")
        }
        return Dictionary(objects.map { ($0.key, JSONValue($0.value)) }) { $1 }
    }
}
