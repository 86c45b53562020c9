import Foundation
import JSON
import Logging
import Mapping
import Query
import Scripts
import Shards
import Testing

/// A directory that is removed when this object goes.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/shard-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The files as they are at this moment, as a crash would leave them.
    func copied() throws -> TemporaryDirectory {
        let copy = try TemporaryDirectory()
        try FileManager.default.removeItem(atPath: copy.path)
        try FileManager.default.copyItem(atPath: path, toPath: copy.path)
        return copy
    }

    /// Inverts a byte of a file.
    func flipByte(at offset: Int, of file: String) throws {
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path + "/" + file))
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64(offset))
        let byte = try #require(try handle.read(upToCount: 1)?.first)
        try handle.seek(toOffset: UInt64(offset))
        try handle.write(contentsOf: Data([~byte]))
    }
}

/// Everything scored by a script whose parameter `v` is a vector.
func scriptScore(_ source: String, _ vector: [Float]) -> ScriptScoreQuery {
    let parameters = ScriptParameters(["v": .array(vector.map { .double(Double($0)) })])
    return ScriptScoreQuery(query: .matchAll, script: .inline(Script(source, parameters: parameters)))
}

let silent = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }

/// An empty shard in a directory of its own.
func makeShard(_ directory: TemporaryDirectory, configuration: ShardConfiguration = .init()) throws -> Shard {
    try Shard.create(in: directory.path)
    return try openShard(directory, configuration: configuration)
}

/// - Parameter properties: of the mapping by which what the field index lacks is read again.
func openShard(
    _ directory: TemporaryDirectory, properties: String = "{}", configuration: ShardConfiguration = .init()
) throws -> Shard {
    try Shard(
        directory: directory.path, mapping: Documents(properties: properties).mapping, configuration: configuration,
        logger: silent)
}

/// A mapping, merged with what the documents of a test bring.
struct Documents {
    private(set) var mapping: Mapping

    /// - Parameter option: members of the mapping before its properties.
    init(properties: String = "{}", option: String = "") throws {
        mapping = try Mapping(decoding: try JSONDocument(parsing: #"{\#(option)"properties":\#(properties)}"#).root)
    }

    mutating func parse(_ json: String) throws -> ParsedDocument {
        let document = try DocumentParser(mapping: mapping).parse(Array(json.utf8))
        if let update = document.mappingUpdate { mapping = try mapping.merging(update) }
        return document
    }

    mutating func index(_ id: String, _ json: String) throws -> ShardOperation {
        ShardOperation(id: id, action: .index(try parse(json)))
    }

    func plan(_ query: Query) throws -> QueryPlan {
        try Planner(mapping: mapping, now: 0).plan(query)
    }
}

extension Shard {
    /// Writes one operation that must not be refused.
    @discardableResult
    func write(_ operation: ShardOperation) async throws -> ShardWriteResult {
        try #require(await write([operation]).first).get()
    }

    /// Deletes an id.
    @discardableResult
    func delete(_ id: String) async throws -> ShardWriteResult {
        try await write(ShardOperation(id: id, action: .delete))
    }
}

extension ShardView {
    /// The ids that a plan finds, best first.
    func ids(_ plan: QueryPlan, limit: Int = 1000) throws -> [String] {
        try documents(try search(plan, limit: limit).documents.map(\.ordinal)).map(\.id)
    }

    func ids(nearest plan: KNNPlan) throws -> [String] {
        try documents(try nearest(plan).documents.map(\.ordinal)).map(\.id)
    }
}
