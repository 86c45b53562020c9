public import ArgumentParser
public import Encoders
internal import Foundation
internal import JSON
public import MatrixKernels

struct BenchInferCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "infer",
        abstract: "Milliseconds an item of a model's image or text encoder.",
        discussion: "The input is made up: speed does not depend on it. The median of 15 runs counts.")

    @Option(help: "The model's folder.")
    var model: String

    @Option(help: "image or text.")
    var kind: EncoderBenchmark.Side

    @Option(help: "Items in a batch.")
    var batch = 1

    @Option(help: "Tokens of each text.")
    var tokens = 12

    @Option(help: "Threads of the matrix products.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "How weights are kept.")
    var precision = Precision.standard

    @Option(help: "The instructions to use, lowered to what the CPU has.")
    var instructionSet = InstructionSet.best

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let benchmark = EncoderBenchmark(
            try ModelLayout(folder: model), engine: MatrixEngine(threads: threads, instructionSet: instructionSet),
            precision: precision)
        let result = try benchmark.run(kind, batch: batch, tokens: tokens)
        if json {
            print(String(decoding: result.json.serialized(), as: UTF8.self))
        } else {
            print(
                String(
                    format: "%@, %@, batch %d, %d threads: %.2f ms an item (least %.2f), loaded in %.0f ms",
                    result.side.rawValue, result.precision.rawValue, result.batch, result.threads, result.medianPerItem,
                    result.leastPerItem,
                    result.loading))
        }
    }
}

extension EncoderBenchmark.Side: ExpressibleByArgument {}
extension Precision: ExpressibleByArgument {}
extension InstructionSet: ExpressibleByArgument {}
