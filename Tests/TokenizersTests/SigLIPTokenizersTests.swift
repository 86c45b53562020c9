import Foundation
import JSON
import Testing

@testable import Tokenizers

/// Ids against Hugging Face's for tiny vocabularies in the layouts of SigLIP and SigLIP 2.
@Suite struct SigLIPTokenizersTests {
    static let folder = Fixtures.small.replacing("reference-small", with: "reference-siglip")

    static func golden(_ key: String) throws -> [GoldenText] {
        let small = try Fixtures.json("\(Fixtures.small)/golden.json")
        let ids = try #require(try Fixtures.json("\(folder)/golden.json")["tokens"]?.object?[key]?.array).map { $0 }
        return try #require(small["texts"]?.array).enumerated().map { index, element in
            GoldenText(
                text: try #require(element.object?["text"]?.string),
                ids: try #require(ids[index].array).map { Int32(try #require($0.int)) })
        }
    }

    @Test(arguments: ["siglip", "siglip-fast", "siglip2"])
    func idsMatch(_ name: String) throws {
        let tokenizer = try TokenizerLoader.load(folder: "\(Self.folder)/\(name)")
        GoldenText.check(try Self.golden(name), with: tokenizer, maximumLength: 64, count: 112)
        #expect(tokenizer.encode("a cat", maximumLength: 2).isTruncated)
        #expect(!tokenizer.encode("a cat", maximumLength: 64).isTruncated)
    }

    /// A class that lowercases, over the same file.
    @Test func siglip2Lowercasing() throws {
        let copy = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: copy) }
        let file = "\(Self.folder)/siglip2/tokenizer.json"
        try FileManager.default.copyItem(atPath: file, toPath: copy.appending(path: "tokenizer.json").path)
        try Data(#"{"tokenizer_class":"Siglip2Tokenizer"}"#.utf8).write(to: copy.appending(path: "tokenizer_config.json"))
        let tokenizer = try TokenizerLoader.load(folder: copy.path)
        GoldenText.check(try Self.golden("siglip2-lowercasing"), with: tokenizer, maximumLength: 64, count: 112)
    }
}
