import Encoders
import MatrixKernels
import TestSupport
import Testing

/// Input that the encoders refuse, and the batch's edges.
@Suite struct EncoderInputTests {
    static let engine = MatrixEngine(threads: 1)

    @Test(arguments: ["clip", "clip-st", "clip-multilingual", "minilm-like"])
    func texts(model: String) throws {
        let encoder = try Small.layout(model).makeTextEncoder(Self.engine)
        #expect(try encoder.encode([]).isEmpty)
        #expect(throws: EncoderError.emptySequence(index: 0)) { try encoder.encode([[], [1]]) }
        #expect(throws: EncoderError.self) { try encoder.encode([[-1]]) }
        #expect(throws: EncoderError.self) { try encoder.encode([[.max]]) }
        #expect(throws: EncoderError.self) { try encoder.encode([[Int32](repeating: 1, count: 1000)]) }
    }

    @Test func tokensAreNamed() throws {
        let bert = try Small.layout("minilm-like").makeTextEncoder(Self.engine)
        #expect(throws: EncoderError.unknownToken(index: 1, token: 1500, vocabulary: 1500)) {
            try bert.encode([[1], [2, 1500]])
        }
        #expect(throws: EncoderError.sequenceTooLong(index: 0, tokens: 97, limit: 96)) {
            try bert.encode([[Int32](repeating: 1, count: 97)])
        }
        let clip = try Small.layout("clip").makeTextEncoder(Self.engine)
        #expect(throws: EncoderError.noEndOfText(index: 0, token: 1999)) { try clip.encode([[1, 2, 3]]) }
    }

    /// What stands behind the end of text has no part in the embedding.
    @Test func nothingBehindTheEndOfText() throws {
        let clip = try Small.layout("clip").makeTextEncoder(Self.engine)
        #expect(try clip.encode([[1998, 5, 1999]]) == clip.encode([[1998, 5, 1999, 7, 1999]]))
    }

    @Test func pictures() throws {
        let encoders = [
            try Small.layout("clip").makeImageEncoder(Self.engine),
            try ModelLayout(folder: Repository.root + "/Models/compact").makeImageEncoder(Self.engine),
        ]
        for encoder in encoders {
            #expect(try encoder.encode([]).isEmpty)
            #expect(throws: EncoderError.wrongPixelCount(index: 0, expected: 3 * 224 * 224, found: 5)) {
                try encoder.encode([[1, 2, 3, 4, 5]])
            }
        }
    }

    /// Calls from several threads take turns, and each gets its own answer.
    @Test func manyThreads() async throws {
        let encoder = try Small.layout("clip").makeTextEncoder(Self.engine)
        let texts: [[Int32]] = (0..<16).map { [1998, Int32($0 + 1), 1999] }
        let expected = try encoder.encode(texts)
        try await withThrowingTaskGroup(of: (Int, [Float]).self) { group in
            for (index, text) in texts.enumerated() { group.addTask { (index, try encoder.encode([text])[0]) } }
            for try await (index, found) in group { #expect(found == expected[index]) }
        }
    }
}
