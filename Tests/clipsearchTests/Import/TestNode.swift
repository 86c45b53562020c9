import Files
import Foundation
import ImagePreprocessing
import Inference
import JSON
import TestSupport

@testable import clipsearch

/// Runs `body` against a whole node with an empty data directory.
func withTestNode(
    model: String? = nil, appliesOrientation: Bool = false, _ body: @escaping @Sendable (ElasticsearchClient) async throws -> Void
) async throws {
    let folder = try TemporaryFolder()
    var settings = Settings.defaults
    settings.dataPath = folder.path + "/data"
    settings.modelPaths = [Repository.root + "/Models"]
    settings.appliesOrientation = appliesOrientation
    settings.startedModels = model.map { [$0] } ?? []
    try await Node.withBenchmarkNode(settings) { _, port in try await body(ElasticsearchClient(url: "http://127.0.0.1:\(port)")) }
    withExtendedLifetime(folder) {}
}

/// Vectors of three numbers, made of nothing but a picture's size: a model that takes no time.
struct FakeEmbedder: PictureEmbedder {
    func prepare(_ bytes: [UInt8], withThumbnail: Bool) throws(ImageError) -> PreparedPicture {
        let header = try ImageHeader(reading: bytes)
        return PreparedPicture(
            input: .tensor([Float(header.width), Float(header.height), 1]), header: header,
            thumbnail: withThumbnail ? try Thumbnail(of: bytes).bytes : nil)
    }

    func embed(_ pictures: [PreparedPicture]) async throws -> [Result<[Float], InferRefusal>] {
        pictures.compactMap { if case .tensor(let values) = $0.input { .success(values) } else { nil } }
    }
}

/// Lets something else happen while a batch is embedded.
struct InterruptedEmbedder: PictureEmbedder {
    let meanwhile: @Sendable () async throws -> Void

    func prepare(_ bytes: [UInt8], withThumbnail: Bool) throws(ImageError) -> PreparedPicture {
        try FakeEmbedder().prepare(bytes, withThumbnail: withThumbnail)
    }

    func embed(_ pictures: [PreparedPicture]) async throws -> [Result<[Float], InferRefusal>] {
        try await meanwhile()
        return try await FakeEmbedder().embed(pictures)
    }
}

extension ElasticsearchClient {
    /// The hashes of all documents' pictures, by the documents' ids.
    func hashes(of index: String) async throws -> [String: String] {
        _ = try await call("POST", "/\(index)/_refresh")
        let answer = try await call("POST", "/\(index)/_search", ["size": 1000])
        let hits = answer.root.object?["hits"]?.object?["hits"]?.array.map(Array.init) ?? []
        return Dictionary(
            hits.map { ($0.object?["_id"]?.string ?? "", JSONValue($0)["_source"]?["image_hash"]?.string ?? "") }, uniquingKeysWith: { $1 })
    }

    /// The sources of all documents, by path.
    func documents(of index: String) async throws -> [String: JSONValue] {
        _ = try await call("POST", "/\(index)/_refresh")
        let answer = try await call("POST", "/\(index)/_search", ["size": 1000])
        var documents: [String: JSONValue] = [:]
        for hit in answer.root.object?["hits"]?.object?["hits"]?.array.map(Array.init) ?? [] {
            guard let source = hit.object?["_source"] else { continue }
            let value = JSONValue(source)
            documents[value["relative_path"]?.string ?? hit.object?["_id"]?.string ?? ""] = value
        }
        return documents
    }
}
