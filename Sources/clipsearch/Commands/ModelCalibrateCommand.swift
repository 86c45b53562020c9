internal import ArgumentParser
internal import Files
internal import Foundation
internal import Inference
internal import JSON

struct ModelCalibrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Measure from which similarity on a model's hits are good, on queries whose good answers are known.",
        discussion: """
            The queries are those of `clipsearch eval`: with "words" they measure the cut-off of words and pictures, with "image" \
            that of pictures and pictures. All other pictures of the index count as bad answers, so label what you know well. \
            The cut-off is where precision and recall together (F1) are best. The result is what the file clipsearch.json in a \
            model's folder holds; --write puts it there, and a node shows it in GET _ml/trained_models from its next start on.
            """)

    @OptionGroup var measured: LabelledQueryOptions

    @Option(help: "What the queries are, for whoever reads the result.")
    var note: String?

    @Option(help: "The model's folder, to write the result there; what is there of another kind stays.")
    var write: String?

    func run() async throws {
        let labelled = try LabelledQuery.read(measured.queries), client = measured.node.client()
        var words: [LabelledQuery] = [], pictures: [LabelledQuery] = []
        for query in labelled {
            if case .words = query.content { words.append(query) } else { pictures.append(query) }
        }
        let report = ProgressReport(unit: "queries")
        var done = 0
        func similarities(_ queries: [LabelledQuery]) async throws -> PairSimilarities {
            var pairs = PairSimilarities(client: client, index: measured.index, field: measured.field, model: measured.model)
            for (number, query) in queries.enumerated() {
                try await pairs.add(query, number: number)
                done += 1
                report.update(done: done, total: labelled.count)
            }
            return pairs
        }
        let byWords = try await similarities(words), byPictures = try await similarities(pictures)
        report.finish()
        var cutOffs = existing["cut_offs"]?.object ?? [:]
        cutOffs["text_to_image"] = Self.measured(byWords) ?? cutOffs["text_to_image"]
        cutOffs["image_to_image"] = Self.measured(byPictures) ?? cutOffs["image_to_image"]
        guard !cutOffs.isEmpty else {
            throw ValidationError("The index holds none of the good answers, or nothing else.")
        }
        var result = existing
        result["format_version"] = 1
        result["cut_offs"] = .object(cutOffs)
        // What the weights say of themselves is not guessed.
        let known = try await MeasuredModel(measured.model, client).calibration?.logitScale
        if result["logit_scale"] != nil || known == nil, let scale = LogitScaleFit.scale(byWords.examples(queries: words.count)) {
            result["logit_scale"] = .double((Double(scale) * 100).rounded() / 100)
        }
        if let note { result["measured_on"] = .string(note) }
        let text = JSONValue.object(result).serialized(pretty: true)
        print(String(decoding: text, as: UTF8.self))
        if let write { try File.replace(Path.join(write, ModelCalibration.fileName), with: text + [UInt8(ascii: "\n")]) }
    }

    /// What the folder's file says by now.
    private var existing: JSONMembers {
        guard let write, let bytes = try? File.contents(of: Path.join(write, ModelCalibration.fileName)) else { return [:] }
        return (try? JSONDocument(parsing: bytes)).flatMap { JSONValue($0.root).object } ?? [:]
    }

    private static func measured(_ pairs: PairSimilarities) -> JSONValue? {
        guard let cut = CutOffMeasurement(related: pairs.related, unrelated: pairs.unrelated, unseen: pairs.unseen) else { return nil }
        func rounded(_ value: Double, _ places: Double) -> JSONValue { .double((value * places).rounded() / places) }
        return [
            "similarity": rounded(Double(cut.similarity), 1000), "precision": rounded(cut.precision, 1000),
            "recall": rounded(cut.recall, 1000), "false_positive_rate": rounded(cut.falsePositiveRate, 100_000),
            "related_pairs": .int(cut.positives), "unrelated_pairs": .int(cut.negatives),
        ]
    }
}
