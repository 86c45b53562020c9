import Foundation
import Testing

@testable import Tokenizers

@Suite struct SentencePieceModelTests {
    /// A message of fields: a number, four bytes, or bytes.
    private static func number(_ number: UInt8, _ value: UInt8) -> [UInt8] { [number << 3, value] }
    private static func float(_ number: UInt8, _ value: Float) -> [UInt8] {
        [number << 3 | 5] + withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }
    private static func field(_ number: UInt8, _ bytes: some Collection<UInt8>) -> [UInt8] {
        [number << 3 | 2, UInt8(bytes.count)] + bytes
    }
    private static func piece(_ text: String, _ score: Float = 0, kind: UInt8 = 1) -> [UInt8] {
        field(1, field(1, text.utf8) + float(2, score) + number(3, kind))
    }

    private static func spiece() throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: "\(SigLIPTokenizersTests.folder)/siglip/spiece.model")))
    }

    @Test func reads() throws {
        let model = try SentencePieceModel(
            Self.piece("</s>", kind: 3) + Self.piece("▁a", -1.5) + Self.number(9, 1) + Self.field(3, Self.number(3, 0)),
            file: "f")
        #expect(model.pieces.map(\.text) == ["</s>", "▁a"])
        #expect(model.pieces.map(\.score) == [0, -1.5])
        #expect(model.pieces.map(\.kind) == [.control, .normal])
        #expect(!model.hasByteFallback)
        #expect(String(decoding: model.normalizer.normalize(Array("  a \u{20} b ".utf8)), as: UTF8.self) == "a▁b")
        #expect(try SentencePieceModel(Self.spiece(), file: "f").pieces.count == 573)
    }

    @Test func otherKindsAreRefused() {
        func refusal(_ bytes: [UInt8]) -> TokenizerError? {
            #expect(throws: TokenizerError.self) { try SentencePieceModel(bytes, file: "f") }
        }
        #expect(
            refusal(Self.field(2, Self.number(3, 2))) == .unsupported(file: "f", field: "trainer_spec.model_type", value: "2"))
        #expect(
            refusal(Self.field(2, [0xC0, 1, 1]))
                == .unsupported(file: "f", field: "trainer_spec.treat_whitespace_as_suffix", value: "true"))
        #expect(
            refusal(Self.piece("x", kind: 4)) == .unsupported(file: "f", field: "pieces.type", value: "USER_DEFINED (x)"))
    }

    @Test(arguments: [
        [0x0A], [0x0A, 5, 1], [0x0B, 0], [0x08] + [UInt8](repeating: 0xFF, count: 11), [0x0D, 1, 2],
        [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0x0A, 3, 0x0A, 1, 0xFF], [0x0A, 2, 0x18, 7],
        [0x0A, 5, 0x15, 0, 0, 0xC0, 0x7F], [0x1A, 4, 0x12, 2, 1, 2],
    ] as [[UInt8]])
    func malformed(_ bytes: [UInt8]) {
        #expect(throws: TokenizerError.malformed(file: "f", reason: "not a SentencePiece model")) {
            try SentencePieceModel(bytes, file: "f")
        }
    }

    /// Whatever is in the file: an error or a tokenizer, which takes any text.
    @Test func changedBytesDoNoHarm() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(#"{"tokenizer_class":"SiglipTokenizer"}"#.utf8).write(to: folder.appending(path: "tokenizer_config.json"))
        let bytes = try Self.spiece()
        var state: UInt64 = 7, loaded = 0
        func random(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(limit))
        }
        for round in 0..<150 {
            var changed = bytes
            // The map of characters stands at the end.
            let start = round.isMultiple(of: 2) ? 0 : bytes.count - 3000
            for _ in 0...random(8) { changed[start + random(bytes.count - start)] = UInt8(random(256)) }
            if random(4) == 0 { changed.removeLast(random(bytes.count)) }
            try Data(changed).write(to: folder.appending(path: "spiece.model"))
            guard let tokenizer = try? TokenizerLoader.load(folder: folder.path) else { continue }
            loaded += 1
            #expect(tokenizer.encode("Ａ ﬁne day\n№ ½ </s> ▁x 猫", maximumLength: 16).ids.count <= 16)
        }
        #expect(loaded > 20)
    }
}

@Suite struct CharacterMapTests {
    @Test(arguments: [
        [], [4, 0, 0, 0], [4, 0, 0, 0, 1, 2, 3, 4], [0, 0, 0, 0, 0], [3, 0, 0, 0, 1, 2, 3, 0], [0xFF, 0xFF, 0xFF, 0xFF, 0],
        [4, 0, 0, 0, 1, 2, 3, 4, 5],
    ] as [[UInt8]])
    func malformed(_ bytes: [UInt8]) { #expect(CharacterMap(bytes[...]) == nil) }

    /// Units that point outside.
    @Test func offsetsBeyondTheEnd() throws {
        let map = try #require(CharacterMap([4, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, 0][...]))
        #expect(map.longestMatch(in: [0, 1, 2]) == nil)
        #expect(map.shortestMatch(in: []) == nil)
    }
}
