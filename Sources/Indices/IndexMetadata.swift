internal import Files
public import Foundation
internal import JSON
public import Mapping

/// What an index is, apart from its documents: kept in `index.json`, replaced whole when it changes.
public struct IndexMetadata: Equatable, Sendable {
    private static let formatVersion = 1

    public let name: String
    public let uuid: String
    public let creationDate: Date
    public var settings: IndexSettings { didSet { mapping.environment.limits = settings.mappingLimits } }
    public var mapping: Mapping
    /// By name.
    public var aliases: [String: AliasMetadata]
    /// The data stream that it is of; nil: none.
    public var dataStream: DataStreamMembership?
    /// Closed by a request: it keeps its files and takes no documents and no searches.
    public var isClosed: Bool
    /// Counts the changes.
    public var version: Int

    init(
        name: String, settings: IndexSettings, mapping: Mapping, aliases: [String: AliasMetadata] = [:],
        uuid: String = DocumentID.makeUUID(), creationDate: Date = Date()
    ) {
        self.name = name
        self.uuid = uuid
        self.creationDate = creationDate
        self.settings = settings
        self.mapping = mapping
        self.mapping.environment.limits = settings.mappingLimits
        self.aliases = aliases
        isClosed = false
        version = 1
    }

    /// - Throws: `IndicesError.damagedFile`.
    init(reading path: String) throws(IndicesError) {
        let damaged = { (reason: String) in IndicesError.damagedFile(path: path, reason: reason) }
        let bytes: [UInt8]
        do {
            bytes = try File.contents(of: path)
        } catch {
            throw damaged("it cannot be read: \(error.systemReason)")
        }
        guard let document = try? JSONDocument(parsing: bytes), let object = document.root.object else {
            throw damaged("it is not JSON")
        }
        guard let version = object["format_version"]?.int, version == Self.formatVersion else {
            throw damaged("its format version is not \(Self.formatVersion)")
        }
        guard let name = object["name"]?.string, let uuid = object["uuid"]?.string,
            let created = object["creation_date"]?.int, let settings = object["settings"], let mappings = object["mappings"]
        else { throw damaged("a key is missing") }
        do {
            self.settings = try IndexSettings(settings)
            mapping = try Mapping(decoding: mappings, in: self.settings.mappingEnvironment, checksLimits: false)
        } catch {
            throw damaged("\(error)")
        }
        aliases = object["aliases"]?.object.map { aliases in
            Dictionary(aliases.map { ($0.key, AliasMetadata(JSONValue($0.value))) }, uniquingKeysWith: { $1 })
        } ?? [:]
        dataStream = object["data_stream"].flatMap { DataStreamMembership(JSONValue($0)) }
        isClosed = object["state"]?.string == "close"
        self.version = object["version"]?.int ?? 1
        self.name = name
        self.uuid = uuid
        creationDate = Date(timeIntervalSince1970: Double(created) / 1000)
    }

    func save(as path: String) throws(IndicesError) {
        let given = settings.given.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }
        var metadata: JSONMembers = [
            "format_version": .int(Self.formatVersion),
            "name": .string(name),
            "uuid": .string(uuid),
            "creation_date": .int(creationMilliseconds),
            "version": .int(version),
            "state": isClosed ? "close" : "open",
            "aliases": .object(JSONMembers(aliases.sorted { $0.key < $1.key }.map { ($0.key, $0.value.encoded) })),
            "settings": .object(JSONMembers(given)),
            "mappings": mapping.encoded,
        ]
        metadata["data_stream"] = dataStream?.encoded
        try IndicesError.wrapping(File.replace(path, with: JSONValue.object(metadata).serialized(pretty: true)))
    }

    /// When the index was made, in milliseconds since 1970.
    public var creationMilliseconds: Int { Int((creationDate.timeIntervalSince1970 * 1000).rounded()) }
}
