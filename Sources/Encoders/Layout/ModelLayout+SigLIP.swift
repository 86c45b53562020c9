internal import Files

extension ModelLayout {
    /// Both sides of a folder of Hugging Face's `SiglipModel`.
    static func siglip(_ folder: String) throws(ModelLayoutError) -> (TextSide, ImageSide) {
        let file = try ConfigurationFile(path: Path.join(folder, "config.json"))
        let configuration = try SigLIPConfiguration(file, padding: try PaddingToken.id(folder))
        let weights = try weights(in: folder), preprocessing = try preprocessing(in: folder)
        let text = TextSide(
            kind: .siglip(configuration.text), weights: weights, tokenizerFolder: folder,
            maximumTokens: configuration.text.positions, dimensions: configuration.text.projection)
        let image = ImageSide(
            kind: .siglip(configuration.vision), weights: weights, preprocessing: preprocessing,
            inputSize: configuration.vision.imageSize, dimensions: configuration.vision.transformer.hidden)
        return (text, image)
    }
}

/// The token that a tokenizer's files fill texts up with. A model's own configuration does not tell it reliably: that of
/// SigLIP 2 leaves the field out, whose default is another vocabulary's.
enum PaddingToken {
    /// Nil where the files do not name one.
    ///
    /// - Throws: `ModelLayoutError.invalidField` where they name one that has no id.
    static func id(_ folder: String) throws(ModelLayoutError) -> Int32? {
        let path = Path.join(folder, "tokenizer_config.json")
        guard Path.isFile(path) else { return nil }
        let settings = try ConfigurationFile(path: path)
        guard settings.has("pad_token") else { return nil }
        let written = settings.section("pad_token")
        let token =
            if let written, written.has("content") {
                try written.string("content")
            } else {
                try settings.string("pad_token")
            }
        if let added = settings.section("added_tokens_decoder") {
            for field in added.fields {
                guard let entry = added.section(field), try entry.string("content") == token else { continue }
                guard let id = Int32(field), id >= 0 else { throw added.invalid(field) }
                return id
            }
        }
        let whole = Path.join(folder, "tokenizer.json")
        if Path.isFile(whole) {
            let file = try ConfigurationFile(path: whole, maximumBytes: 256 << 20)
            for entry in try file.sections("added_tokens") where try entry.string("content") == token {
                return Int32(try entry.int("id", in: 0...10_000_000))
            }
        }
        throw settings.invalid("pad_token")
    }
}
