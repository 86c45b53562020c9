internal import ArgumentParser
internal import Configuration
internal import Inference
internal import Logging

struct ModelListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the models on this machine, by the ids that requests call them.")

    @Option(help: "The settings file. (default: config/clipsearch.yml, if it exists)")
    var config: String?

    @Option(help: "A folder of models, besides those that come with ClipSearch. (default: models)")
    var models: String?

    @Option(help: "The data directory, which holds models that came over the API. (default: data)")
    var data: String?

    func run() async throws {
        var flags: [AbsoluteConfigKey: ConfigValue] = [:]
        flags["path.models"] = models.map { ConfigValue(.stringArray([$0, "Models"]), isSecret: false) }
        flags["path.data"] = data.map { ConfigValue(.string($0), isSecret: false) }
        let settings = try await Settings(file: config, flags: flags)
        var log = Logger(label: "clipsearch")
        log.logLevel = .warning
        let service = InferenceService(roots: settings.modelPaths, storage: settings.dataPath, logger: log)
        let table = await Self.table(service.models)
        print(table.rows.isEmpty ? "No models in \(settings.modelPaths.joined(separator: ", "))." : table.text)
    }

    private static func table(_ models: [Model]) -> TextTable {
        var table = TextTable(header: ["id", "text", "image", "MB", "folder"])
        table.rows = models.map { model in
            [
                model.id, model.textDimensions.map { "\($0)-d" } ?? "–", model.imageDimensions.map { "\($0)-d" } ?? "–",
                String(model.weightBytes / 1_000_000), model.folder,
            ]
        }
        return table
    }
}
