import Encoders
import JSON
import MatrixKernels
import Testing

@Suite struct EncoderBenchmarkTests {
    @Test(arguments: ["clip", "clip-st"], EncoderBenchmark.Side.allCases)
    func measuresBothSides(model: String, side: EncoderBenchmark.Side) throws {
        let benchmark = EncoderBenchmark(try Small.layout(model), engine: MatrixEngine(threads: 1), precision: .int8)
        let result = try benchmark.run(side, batch: 2, tokens: 1000, rounds: 3)
        #expect(result.batch == 2 && result.threads == 1 && result.side == side)
        #expect(result.tokens == (side == .text ? 77 : nil))
        #expect(result.leastPerItem > 0 && result.medianPerItem >= result.leastPerItem && result.loading > 0)
        #expect(result.json["kind"] == .string(side.rawValue))
        #expect(result.json["precision"] == .string("int8"))
    }

    @Test func theOtherSideIsMissing() throws {
        let benchmark = EncoderBenchmark(try Small.layout("minilm-like"), engine: MatrixEngine(threads: 1), precision: .int8)
        #expect(try benchmark.run(.text, batch: 0, tokens: 5, rounds: 0).batch == 1)
        #expect(throws: EncoderLoadingError.self) { try benchmark.run(.image, batch: 1) }
    }
}
