internal import ArgumentParser
internal import Foundation
internal import Indices

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import a folder of pictures into an index of a running node.",
        discussion: """
            Reads JPEG, PNG, WebP and GIF files in any depth, but no hidden ones. A picture that was imported before is \
            passed over unless it or its caption has changed; one that cannot be read is reported, the import goes on, \
            and the exit status is 1. A captions.json beside the pictures gives them captions: \
            {"file.jpg": "a caption"}. Pictures that are gone from the folder stay in the index.
            """)

    @Argument(help: "The folder.")
    var folder: String

    @Option(help: "The index; made if it does not exist.")
    var index: String

    @Option(help: "The node's address.")
    var url = "http://127.0.0.1:9200"

    @Option(help: "The model that embeds the pictures.")
    var model = "compact"

    @Flag(inversion: .prefixedNo, help: "Send small copies of the pictures for the node's page to show.")
    var thumbnails = true

    func validate() throws {
        do {
            try IndexName.validate(index)
        } catch {
            throw ValidationError("\(ExplainedError(error).description)")
        }
    }

    func run() async throws {
        let importer = ImageImporter(client: ElasticsearchClient(url: url), index: index, model: model, sendsThumbnails: thumbnails)
        let report = ProgressReport(unit: "images")
        let summary = try await importer.run(ImageFolder(path: folder)) { summary, total in
            report.update(done: summary.imported + summary.unchanged + summary.failed.count, total: total)
        }
        report.finish()
        for failure in summary.failed {
            FileHandle.standardError.write(Data("\(failure.relativePath): \(failure.reason)\n".utf8))
        }
        print("\(summary.imported) imported, \(summary.unchanged) unchanged, \(summary.failed.count) failed")
        if !summary.failed.isEmpty { throw ExitCode.failure }
    }
}
