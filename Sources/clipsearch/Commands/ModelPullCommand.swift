internal import ArgumentParser
internal import Configuration
internal import ElasticsearchAPI
internal import Encoders
internal import Files
internal import Foundation
internal import Hub
internal import Inference

struct ModelPullCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Download a model from the Hugging Face Hub, or one that speaks as it does.",
        discussion: """
            Takes only the files that running the model needs, and checks each by the hub's checksum. A pull that was \
            broken off goes on where it stopped. HF_ENDPOINT names another hub; the access token for private and gated \
            models comes from HF_TOKEN or from the file that `hf auth login` writes; HTTPS_PROXY is heeded. \
            Example: clipsearch model pull sentence-transformers/clip-ViT-B-32-multilingual-v1
            """)

    @Argument(help: "The model's name on the hub, <owner>/<name>.")
    var model: String

    @Option(help: "A branch, tag or commit.")
    var revision = "main"

    @Option(help: "What requests call the model. (default: <owner>__<name> in lower case)")
    var id: String?

    @Option(help: "The settings file. (default: config/clipsearch.yml, if it exists)")
    var config: String?

    @Option(help: "The folder of models to add to. (default: models)")
    var models: String?

    @Flag(help: "Replace a model of this id that is another revision, or something else.")
    var force = false

    func run() async throws {
        let name = try RepositoryName(model)
        let id = id ?? Model.id(forName: model)
        let root = try await Settings(file: config, flags: [:]).modelPaths.first ?? "models", folder = models ?? root
        if let other = ModelCatalog(roots: [folder]).models[id]?.folder, other != "\(folder)/\(id)" {
            throw PullRefusal.idTaken(id, by: other)
        }
        let endpoint = try HubEndpoint(environment: ProcessInfo.processInfo.environment)
        let pull = try await ModelPull(name, revision: revision, from: endpoint)
        let (count, size) = (pull.files.all.count, megabytes(pull.files.bytes))
        note("\(name) at commit \(pull.commit.prefix(12)): \(count) files, \(size) MB")

        let outcome = try await run(pull, into: folder, as: id)
        print("\(id) \(outcome == .pulled ? "is now" : "was already") in \(folder)/\(id)")
    }

    private func run(_ pull: ModelPull, into folder: String, as id: String) async throws -> ModelPull.Outcome {
        var report: ProgressReport?, shown = -1
        defer { report?.finish() }
        return try await pull.run(
            into: folder, as: id, replaces: force, check: { try check(staged: $0, files: pull.files) },
            progress: { progress in
                let (done, total) = (megabytes(progress.bytes), megabytes(progress.totalBytes))
                guard done != shown else { return }
                if report == nil, progress.totalBytes < pull.files.bytes {
                    note("\(megabytes(pull.files.bytes - progress.totalBytes)) MB are here already")
                }
                let bar = report ?? ProgressReport(unit: "MB")
                bar.update(done: done, total: total)
                (report, shown) = (bar, done)
            })
    }

    /// Refuses what could not be deployed, before its weights are fetched.
    private func check(staged folder: String, files: FileSelection) throws {
        do throws(ModelLayoutError) {
            _ = try ModelLayout(folder: folder)
        } catch {
            let reason = files.hasSplitTorchWeights ? "its weights are in several files of torch's format" : error.reason
            throw PullRefusal.unusable(model, reason: reason.replacing("\(folder)/", with: ""))
        }
    }

    private func note(_ line: String) {
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }

    private func megabytes(_ bytes: Int) -> Int { (bytes + 999_999) / 1_000_000 }
}

/// Why a model that the hub has is not pulled.
enum PullRefusal: Error, Equatable, CustomStringConvertible {
    case idTaken(String, by: String)
    case unusable(String, reason: String)

    var description: String {
        switch self {
        case .idTaken(let id, let folder): "[\(id)] is already what requests call \(folder); --id gives another"
        case .unusable(let model, let reason): "\(model) cannot be run: \(reason)"
        }
    }
}
