import Encoders
import FoundationEssentials
import JSON
import MatrixKernels
import TestSupport
import Testing

/// `Tests/Fixtures/reference-small`: tiny models with random weights, and what the reference computes with them.
enum Small {
    static let folder = Repository.fixtures + "/reference-small"

    static func layout(_ model: String) throws -> ModelLayout { try ModelLayout(folder: "\(folder)/\(model)") }

    static func tensors() throws -> WeightFile { try WeightFile(path: folder + "/golden.safetensors") }

    static func golden() throws -> JSONDocument {
        try JSONDocument(parsing: Array(Data(contentsOf: URL(filePath: folder + "/golden.json"))))
    }

    /// The token ids of every text for the tokenizer called `name`, in the order of the golden embeddings.
    static func tokens(_ name: String) throws -> [[Int32]] {
        let texts = try #require(try golden().root.object?["texts"]?.array)
        return try texts.map { text in
            let ids = try #require(text.object?[name]?.array)
            return try ids.map { Int32(try #require($0.int)) }
        }
    }

    /// Every picture's crop, rescaled and normalised as CLIP's processor does, `[3, 224, 224]` each.
    static func pixels() throws -> [[Float]] {
        let images = try #require(try golden().root.object?["images"]?.array), tensors = try tensors()
        return try images.map { image in
            let name = try #require(image.object?["crop"]?.string)
            return try normalisedCrop(try #require(tensors.tensors[name]))
        }
    }

    /// An axis of size 1 stands for equal rows, columns or channels.
    private static func normalisedCrop(_ crop: StoredTensor) throws -> [Float] {
        let mean: [Float] = [0.48145466, 0.4578275, 0.40821073], deviation: [Float] = [0.26862954, 0.26130258, 0.27577711]
        let bytes = crop.bytes(), (height, width, channels) = (crop.shape[0], crop.shape[1], crop.shape[2])
        var pixels: [Float] = []
        for channel in 0..<3 {
            for y in 0..<224 {
                for x in 0..<224 {
                    let row = height == 1 ? 0 : y, column = width == 1 ? 0 : x
                    let value = bytes[(row * width + column) * channels + (channels == 1 ? 0 : channel)]
                    pixels.append((Float(value) / 255 - mean[channel]) / deviation[channel])
                }
            }
        }
        return pixels
    }
}

extension WeightFile {
    /// The rows of the matrix called `name`.
    func rows(_ name: String) throws -> [[Float]] {
        let tensor = try #require(tensors[name]), values = try tensor.floats()
        let width = try #require(tensor.shape.last)
        return stride(from: 0, to: values.count, by: width).map { Array(values[$0..<($0 + width)]) }
    }
}

func cosine(_ left: [Float], _ right: [Float]) -> Double {
    func dot(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
    return dot(left, right) / (dot(left, left) * dot(right, right)).squareRoot()
}

func largestDifference(_ left: [Float], _ right: [Float]) -> Float {
    guard left.count == right.count else { return .infinity }
    return zip(left, right).reduce(0) { worst, pair in
        let difference = abs(pair.0 - pair.1)
        return difference <= worst ? worst : (difference.isNaN ? .infinity : difference)
    }
}

/// Checks embeddings against the reference's, with the tolerance that it states for 32-bit floats.
func expectGolden(_ found: [[Float]], _ golden: [[Float]], _ comment: Comment) {
    #expect(found.count == golden.count, comment)
    let cosines = zip(found, golden).map(cosine), differences = zip(found, golden).map(largestDifference)
    #expect((cosines.min() ?? 0) >= 0.99999, comment)
    #expect((differences.max() ?? .infinity) <= 1e-4, comment)
}

/// Checks embeddings against the reference's, with the least cosine that a precision promises.
func expectSimilar(_ found: [[Float]], _ golden: [[Float]], _ precision: Precision, _ comment: Comment) {
    #expect(found.count == golden.count, comment)
    let least: Double = precision == .int8 ? 0.99 : 0.999
    #expect((zip(found, golden).map(cosine).min() ?? 0) >= least, comment)
}

/// Every instruction set that this CPU has.
let engines: [MatrixEngine] = InstructionSet.available.map { MatrixEngine(threads: 2, instructionSet: $0) }

/// Records an issue at the caller's place; returns nothing, so that a guard can return it.
func record(_ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation) {
    Issue.record(comment, sourceLocation: sourceLocation)
}
