internal import Files

extension ModelLayout {
    /// The text side of a model that was uploaded in parts: `definition.pt`, a TorchScript archive; `model.json`, its
    /// configuration as Elasticsearch has it; `vocabulary.json`.
    static func uploaded(_ folder: String) throws(ModelLayoutError) -> TextSide {
        let definition = Path.join(folder, "definition.pt"), kind: TextSide.Kind
        do throws(WeightsError) {
            let archive = try TorchArchive(WeightsError.wrapping(MappedFile(path: definition)))
            guard archive.isScript else { throw .unknownFormat(file: definition) }
            kind = try TorchScriptModel(archive).kind
        } catch {
            throw .archive(error)
        }
        let (positions, dimensions) =
            switch kind {
            case .clip(let text, let projection, _): (text.positions, projection)
            case .siglip(let text): (text.positions, text.projection)
            case .sentence(let sentence): (sentence.transformer.positions, sentence.dimensions)
            }
        let file = try ConfigurationFile(path: Path.join(folder, "model.json"))
        guard let task = file.section("inference_config")?.section("text_embedding") else {
            throw file.invalid("inference_config.text_embedding")
        }
        if task.has("embedding_size") {
            let size = try task.int("embedding_size")
            guard size == dimensions else { throw .widthMismatch(file: file.path, expected: size, found: dimensions) }
        }
        return TextSide(
            kind: kind, weights: definition, tokenizerFolder: folder,
            maximumTokens: try maximumTokens(task.section("tokenization"), positions: positions),
            dimensions: dimensions)
    }

    /// `max_sequence_length` of whichever tokenization there is; never more than there are positions.
    private static func maximumTokens(
        _ tokenization: ConfigurationFile?, positions: Int
    ) throws(ModelLayoutError) -> Int {
        // Elasticsearch's own default.
        let usual = 512
        guard let tokenization, let name = tokenization.fields.first, let settings = tokenization.section(name) else {
            return min(usual, positions)
        }
        return min(positions, try settings.int("max_sequence_length", default: usual))
    }
}
