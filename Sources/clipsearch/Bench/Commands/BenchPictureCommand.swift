internal import ArgumentParser
internal import Encoders
internal import Foundation
internal import ImagePreprocessing
internal import MatrixKernels

struct BenchPictureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "picture",
        abstract: "From a picture's bytes to its vector: milliseconds of decoding, fitting and encoding.",
        discussion: "Decoding and fitting run on one thread here; a node spreads them over all cores.")

    @Option(help: "The model's folder.")
    var model: String

    @Option(help: "A folder of pictures.")
    var images: String

    @Option(help: "Pictures in a batch.")
    var batch = 8

    @Option(help: "Threads of the matrix products.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "How weights are kept.")
    var precision = Precision.standard

    func run() async throws {
        let pictures = try PictureSet(folder: images)
        let road = try PictureRoad(
            ModelLayout(folder: model), MatrixEngine(threads: threads), precision, batch: max(1, batch))
        let times = try road.measure(pictures)
        let prepared = times.decoding + times.fitting
        print(
            String(
                format: "%d pictures, batch %d, %@: decode %.2f ms, fit %.2f ms, encode %.2f ms a picture; "
                    + "the encoder has %.1f %% of the time",
                pictures.contents.count, road.batch, precision.rawValue, times.decoding, times.fitting, times.encoding,
                100 * times.encoding / (prepared + times.encoding)))
    }
}
