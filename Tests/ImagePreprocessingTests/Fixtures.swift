import Foundation
import JSON
import TestSupport
import Testing

/// Reference data that lies beside the tests.
enum Fixtures {
    static let root = Repository.fixtures + "/reference-small"
    static let compact = Repository.root + "/Models/compact"

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path)))
    }

    /// A picture of the reference set.
    static func image(_ name: String) throws -> [UInt8] {
        try bytes("\(root)/images/\(name)")
    }
}

/// One picture's entry in `golden.json`.
struct GoldenImage: CustomTestStringConvertible, Sendable {
    var file: String
    var width: Int
    var height: Int
    var format: String
    var rgbHash: String
    var cropHash: String
    var dropAlphaCropHash: String?

    var testDescription: String { file }
    var bytes: [UInt8] { get throws { try Fixtures.bytes("\(Fixtures.root)/\(file)") } }

    static let all: [GoldenImage] = {
        guard let bytes = try? Fixtures.bytes("\(Fixtures.root)/golden.json"),
            let root = try? JSONDocument(parsing: bytes).root, let images = root.object?["images"]?.array
        else { return [] }
        return images.compactMap { $0.object }.map { image in
            GoldenImage(
                file: image["file"]?.string ?? "", width: image["width"]?.int ?? 0, height: image["height"]?.int ?? 0,
                format: image["format"]?.string ?? "", rgbHash: image["rgb_sha256"]?.string ?? "",
                cropHash: image["sha256"]?.string ?? "",
                dropAlphaCropHash: image["drop_alpha"]?.object?["sha256"]?.string)
        }
    }()
}
