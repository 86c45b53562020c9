import Foundation
import JSON
import Logging
import Mapping
import Query

@testable import Indices

/// A registry over a directory of its own, removed at the end.
final class TestNode {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("indices-\(UUID().uuidString)").path
    private(set) var registry: IndexRegistry

    init() async throws {
        registry = try await Self.open(path)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Closes and opens the directory again.
    func restart(inBackground: Bool = false) async throws {
        await registry.close()
        registry = try await Self.open(path, inBackground: inBackground)
    }

    /// Opens a copy of the directory as it is on disk now: what a killed process leaves.
    func crashCopy() async throws -> TestNode {
        let copy = try await TestNode()
        await copy.registry.close()
        try FileManager.default.removeItem(atPath: copy.path + "/indices")
        try FileManager.default.copyItem(atPath: path + "/indices", toPath: copy.path + "/indices")
        copy.registry = try await Self.open(copy.path)
        return copy
    }

    private static func open(_ path: String, inBackground: Bool = false) async throws -> IndexRegistry {
        var log = Logger(label: "test")
        log.logLevel = .critical
        return try await IndexRegistry(
            opening: DataDirectory(opening: path), log: log, inBackground: inBackground, readQuery: Self.query
        ) { model, text in
            guard model == "fake" else { throw FakeModelError.unknown(model) }
            return [Float(text.utf8.count), 1]
        }
    }

    /// Reads `{"term": {"field": "value"}}`, which is all that these tests need.
    private static func query(_ json: JSONValue) throws -> Query {
        guard let term = json["term"]?.object?.first(where: { _ in true }), let value = term.value.string else {
            throw FakeModelError.unknown("query")
        }
        return Query(.term(TermQuery(field: term.key, value: .string(value))))
    }

    enum FakeModelError: Error { case unknown(String) }

    @discardableResult
    func createIndex(_ name: String, mappings: String = "{}", settings: String = "{}") async throws -> IndexMetadata {
        try await registry.createIndex(
            name, settings: IndexSettings(JSONDocument(parsing: settings).root),
            mapping: Mapping(decoding: JSONDocument(parsing: mappings).root, in: .unbound))
    }

    /// The indices' folders, whatever state they are in.
    func folders() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path + "/indices") }

    /// Documents that searches find.
    func count() async throws -> Int {
        try registry.statistics(.all).reduce(0) { $0 + $1.documents }
    }

    @discardableResult
    func index(
        _ index: String, _ id: String?, _ source: String, refresh: RefreshPolicy = .immediate
    ) async throws -> WriteResult {
        let operation = WriteOperation(.index, index: index, id: id, source: Array(source.utf8))
        return try await registry.write([operation], refresh: refresh)[0].get()
    }
}
