internal import Encoders
internal import Foundation
internal import ImagePreprocessing
internal import Tokenizers

/// A reader of files from outside, and how it is given mutated ones.
enum FuzzTarget: String, CaseIterable {
    /// Safetensors, torch's zip archives and the pickles in them.
    case weights
    /// `tokenizer.json`
    case tokenizer
    /// JPEG, PNG, WebP and GIF.
    case image

    /// Reads `bytes` as far as the program would. Errors are expected; a crash is not.
    func read(_ bytes: [UInt8], in folder: ScratchFolder) {
        switch self {
        case .weights:
            guard let path = folder.write("model.safetensors", bytes), let file = try? WeightFile(path: path) else { return }
            for tensor in file.tensors.values.prefix(64) where tensor.count < 1 << 16 { _ = try? tensor.floats() }
        case .tokenizer:
            guard folder.write("tokenizer.json", bytes) != nil else { return }
            guard let tokenizer = try? TokenizerLoader.load(folder: folder.path) else { return }
            _ = tokenizer.encode("Two  dogs, one Straße 🐕 and 東京", maximumLength: 16)
        case .image:
            let limits = ImageLimits(pixels: 1 << 16)
            let decoder = ImageDecoder(appliesOrientation: true, limits: limits)
            _ = try? decoder.decode(bytes)
        }
    }
}
