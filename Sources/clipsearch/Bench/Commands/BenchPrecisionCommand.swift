internal import ArgumentParser
internal import Encoders
internal import Foundation
internal import MatrixKernels

struct BenchPrecisionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "precision",
        abstract: "What a precision costs in exactness, on your model and your pictures.",
        discussion: """
            Compares vectors with those of 32-bit floats: the cosine of the same picture's two vectors, and how many of \
            the ten nearest pictures stay the same.
            """)

    @Option(help: "The model's folder.")
    var model: String

    @Option(help: "A folder of pictures.")
    var images: String

    @Option(help: "At most so many pictures.")
    var limit = 1000

    @Option(help: "The precision to judge.")
    var precision = Precision.int8

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be positive.") }
    }

    func run() async throws {
        let pictures = try PictureSet(folder: images, limit: limit), layout = try ModelLayout(folder: model)
        let exact = try PictureRoad(layout, MatrixEngine(), .f32, batch: 8).vectors(pictures)
        let rounded = try PictureRoad(layout, MatrixEngine(), precision, batch: 8).vectors(pictures)
        let agreement = VectorAgreement(exact, rounded)
        print(
            String(
                format: "%d pictures, %@ against f32: cosine at least %.5f, on average %.5f; overlap@%d %.3f",
                exact.count, precision.rawValue, agreement.leastCosine, agreement.meanCosine, VectorAgreement.depth,
                agreement.overlap))
    }
}
