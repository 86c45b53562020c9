internal import Encoders
internal import Foundation
internal import ImagePreprocessing
internal import MatrixKernels
internal import Tokenizers

/// A reader of files from outside, and how it is given mutated ones.
enum FuzzTarget: String, CaseIterable {
    /// Safetensors, torch's zip archives and the pickles in them.
    case weights
    /// TorchScript archives whose code is to be mapped onto an encoder.
    case definition
    /// `tokenizer.json`
    case tokenizer
    /// `spiece.model`
    case spiece
    /// The vocabulary of an uploaded model.
    case vocabulary
    /// JPEG, PNG, WebP and GIF.
    case image
    /// What cameras write into pictures: a picture, or the TIFF structure alone.
    case exif
    /// Scripts, in every context.
    case script
    /// Regular expressions, before a newline and a text.
    case pattern
    /// `METHOD /path`, a newline and a body, over a socket to a whole node.
    case request
    /// The same, as far as the body's own reader goes.
    case body

    /// Reads `bytes` as far as the program would. Errors are expected; a crash is not.
    func read(_ bytes: [UInt8], in folder: ScratchFolder) {
        switch self {
        case .weights:
            guard let path = folder.write("model.safetensors", bytes), let file = try? WeightFile(path: path) else { return }
            let tensors = file.tensors.sorted { $0.key < $1.key }.prefix(64).map(\.value)
            for tensor in tensors where tensor.count < 1 << 16 { _ = try? tensor.floats() }
        case .definition:
            guard folder.write("model.json", Self.configuration(.bert)) != nil,
                folder.write("definition.pt", bytes) != nil
            else { return }
            guard let layout = try? ModelLayout(folder: folder.path) else { return }
            _ = try? layout.makeTextEncoder(MatrixEngine(threads: 1))
        case .tokenizer: readTokenizer("tokenizer.json", bytes, in: folder)
        case .spiece:
            guard folder.write("config.json", Array(#"{"model_type":"siglip"}"#.utf8)) != nil else { return }
            readTokenizer("spiece.model", bytes, in: folder)
        case .vocabulary:
            // The length chooses what kind of vocabulary it is, so that every seed is a whole one.
            let kinds = Tokenization.Kind.allCases, kind = kinds[bytes.count % kinds.count]
            guard folder.write("model.json", Self.configuration(kind)) != nil else { return }
            readTokenizer("vocabulary.json", bytes, in: folder)
        case .image:
            let limits = ImageLimits(pixels: 1 << 16)
            let decoder = ImageDecoder(appliesOrientation: true, limits: limits)
            guard let image = try? decoder.decode(bytes) else { return }
            _ = (image.perceptualHash, image.averageColour)
        case .exif:
            if let format = ImageFormat(sniffing: bytes) {
                _ = ExifMetadata(of: bytes, format: format)
            } else {
                let content = Array("Exif\0\0".utf8) + bytes.prefix(65_000), length = content.count + 2
                let header: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)]
                let found = ExifMetadata(of: header + content, format: .jpeg)
                if let place = found.location { precondition(abs(place.latitude) <= 90 && abs(place.longitude) <= 180) }
            }
        case .script: FuzzScripts.run(String(decoding: bytes, as: UTF8.self))
        case .pattern: FuzzScripts.match(String(decoding: bytes, as: UTF8.self))
        case .request: Self.node.send(bytes)
        case .body: FuzzBodies.read(bytes)
        }
    }

    private static let node = FuzzNode(folder: ScratchFolder())

    private func readTokenizer(_ name: String, _ bytes: [UInt8], in folder: ScratchFolder) {
        guard folder.write(name, bytes) != nil, let tokenizer = try? TokenizerLoader.load(folder: folder.path) else { return }
        _ = tokenizer.encode("Two  dogs, one Straße 🐕 and 東京", maximumLength: 16)
    }

    private static func configuration(_ kind: Tokenization.Kind) -> [UInt8] {
        Array(#"{"inference_config":{"text_embedding":{"tokenization":{"\#(kind.rawValue)":{}}}}}"#.utf8)
    }
}
