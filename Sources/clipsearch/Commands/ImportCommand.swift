internal import ArgumentParser
internal import Foundation
internal import Indices
internal import MatrixKernels

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import a folder of pictures, or another node's index, into an index of a running node.",
        discussion: """
            Reads JPEG, PNG, WebP and GIF files in any depth, but no hidden ones. A picture that was imported before is \
            passed over unless it or what is said of it has changed, so that an import that was interrupted goes on where it was; \
            one that cannot be read is reported, the import goes on, and the exit status is 1. Pictures that are gone from the \
            folder stay in the index unless --delete or --watch is given.

            A captions.json beside the pictures gives them captions: {"file.jpg": "a caption"}. --fields names a file of any \
            fields: CSV or TSV whose header names the columns, or a JSON object a line, in which `file` is a picture's name or \
            its path from the folder. A column is text unless its header ends with :integer, :number, :boolean, :date, \
            :list (parted by |) or :json.

            Vectors are made in this process where the model is in --models, and each picture is decoded once; the node only \
            stores, and needs no model, so that it may be an Elasticsearch. If it has the model, it is made sure that it is the \
            same. --embed node sends the node the pictures instead.

            --from-elasticsearch moves an index over: mapping, settings, aliases, documents with their vectors, and small copies of \
            pictures where the other node has them. The index has the same name here unless --to names another. Credentials stand in addresses (http://user:password@host:9200), or \
            API keys in CLIPSEARCH_API_KEY for --url and ELASTICSEARCH_API_KEY for the source.
            """)

    @Argument(help: "The folder.")
    var folder: String?

    @Option(help: "The index; made if it does not exist.")
    var index: String

    @OptionGroup var node: NodeOptions

    @Option(help: "The model that embeds the pictures.")
    var model = "compact"

    @Option(help: "Where pictures are embedded: here (the node gets the vectors) or node (it gets the pictures). (default: here, if the model is)")
    var embed: EmbeddingPlace?

    @Option(help: "Embedding here: a folder of models, besides those that come with ClipSearch. (default: models)")
    var models: String?

    @Option(help: "Embedding here: how weights are kept.")
    var precision = Precision.standard

    @Flag(help: "Embedding here: decode large JPEGs at a part of their size, which is quicker and changes vectors slightly.")
    var draft = false

    @Option(help: "A file of fields for the documents: .csv, .tsv or .jsonl.")
    var fields: String?

    @Flag(inversion: .prefixedNo, help: "Send small copies of the pictures for the node's page to show.")
    var thumbnails = true

    @Flag(help: "Read every file, not only those whose size or time has changed.")
    var checksum = false

    @Flag(help: "Remove the documents of pictures that are gone from the folder.")
    var delete = false

    @Flag(help: "Go on, and keep the index in step with the folder until stopped.")
    var watch = false

    @Option(help: "Seconds between two looks at a folder that is watched.")
    var interval = 2.0

    @Option(help: "Pictures in one batch.")
    var batch = 16

    @Option(name: .customLong("from-elasticsearch"), help: "The address of another node whose --index is moved over.")
    var source: String?

    @Option(help: "With --from-elasticsearch: the index's name here.")
    var to: String?

    func validate() throws {
        do {
            if source == nil { try IndexName.validate(index) }
            if let to { try IndexName.validate(to) }
        } catch {
            throw ValidationError("\(ExplainedError(error).description)")
        }
        guard (folder == nil) != (source == nil) else { throw ValidationError("Give either a folder or --from-elasticsearch.") }
        if to != nil, source == nil { throw ValidationError("--to goes with --from-elasticsearch.") }
        if !(1...1024).contains(batch) { throw ValidationError("--batch is 1 to 1024.") }
        if !(0.1...86_400).contains(interval) { throw ValidationError("--interval is 0.1 to 86400 seconds.") }
        if embed == .node, models != nil || draft { throw ValidationError("--models and --draft are for embedding here.") }
    }

    func run() async throws {
        var client = node.client()
        client.retries = .patient
        if let source {
            try await migrate(from: source, to: client)
        } else if let folder {
            try await importFolder(ImageFolder(path: folder), client)
        }
    }

    // MARK: A folder

    private func importFolder(_ folder: ImageFolder, _ client: ElasticsearchClient) async throws {
        let settings = embed == .node ? nil : try await Settings(file: nil, flags: [:])
        let modelFolders = settings.map { (models.map { [$0] } ?? []) + $0.modelPaths } ?? []
        let isHere = models != nil || draft || LocalEmbedder.hasModel(model, in: modelFolders)
        let order = FolderImport(
            folder: folder, index: index, model: model, client: client, place: embed ?? (isHere ? .here : .node),
            modelFolders: modelFolders, precision: precision, isDraft: draft,
            appliesOrientation: settings?.appliesOrientation ?? false, fields: fields,
            sendsThumbnails: thumbnails, readsAll: checksum, batchSize: batch)
        let table = try order.table()
        let scan = watch ? try FolderScan(folder, fields: fields) : FolderScan()
        let listing = try folder.listing()
        if listing.files.isEmpty, !watch { throw ImportError.noPictures(folder.path) }
        let makeImporter = try await order.makeImporter(checkedBy: listing.files)
        var importer = makeImporter(PictureFields(table: table))
        let remover = DocumentRemover(index: importer.index, folderID: order.folderID)
        // A folder without pictures may be one that is not mounted yet.
        let gone = (delete || watch) && !listing.files.isEmpty ? try await remover.missing(in: listing) : nil
        importer.gone = gone ?? [:]

        let report = ProgressReport(unit: "images")
        let summary = try await importer.run(listing.files) { summary in
            report.update(done: summary.count, failed: summary.failed.count, total: listing.files.count)
        }
        report.finish()
        var deleted: Int?
        if let gone { deleted = try await remover.remove(gone) }
        try await importer.index.refresh()
        list(summary.failed)
        for path in listing.unreadable { complain("\(path): the folder cannot be read") }
        if let (count, line) = table?.unmatched(by: listing.files) {
            complain("\(fields ?? ""): \(count) of its rows are of no picture, the first in line \(line)")
        }
        let updated = summary.updated > 0 ? ", \(summary.updated) updated" : ""
        let removed = deleted.map { ", \($0) deleted" } ?? ""
        print("\(summary.imported) imported\(updated), \(summary.unchanged) unchanged\(removed), \(summary.failed.count) failed")
        if watch {
            var watcher = FolderWatcher(folder, fields: fields, inStepWith: scan, remover: remover, importer: makeImporter)
            try await watch(&watcher)
        }
        if !summary.failed.isEmpty || !listing.unreadable.isEmpty { throw ExitCode.failure }
    }

    private func watch(_ watcher: inout FolderWatcher) async throws {
        print("Watching \(watcher.folder.path); Ctrl-C stops it.")
        flush()
        var lastReason: String?
        while true {
            try await Task.sleep(for: .seconds(interval))
            switch await watcher.look() {
            case nil: continue
            case .inStep(let imported, let updated, let deleted, let failed)?:
                list(failed)
                print("\(imported) imported, \(updated) updated, \(deleted) deleted, \(failed.count) failed")
            case .folderAway?: complain("\(watcher.folder.path) is away; nothing is deleted for that")
            case .folderBack?: complain("\(watcher.folder.path) is back")
            case .failed(let reason)?:
                // It is tried again every time, and told once.
                if reason != lastReason { complain("\(reason); it is tried again") }
                lastReason = reason
                continue
            }
            lastReason = nil
            flush()
        }
    }

    // MARK: Another node

    private func migrate(from source: String, to target: ElasticsearchClient) async throws {
        var client = ElasticsearchClient(url: source, apiKey: ProcessInfo.processInfo.environment["ELASTICSEARCH_API_KEY"], authorities: node.authorities)
        client.retries = .patient
        client.signIn = "give credentials in --from-elasticsearch, as https://user:password@host:9200, or an API key in ELASTICSEARCH_API_KEY"
        let report = ProgressReport(unit: "documents")
        let migration = IndexMigration(source: client, sourceIndex: index, target: target, targetIndex: to ?? index, bringsThumbnails: thumbnails)
        let summary = try await migration.run { summary, total in
            report.update(done: summary.count, failed: summary.failed.count, total: total)
        }
        report.finish()
        list(summary.failed)
        if !summary.droppedSettings.isEmpty { complain("Settings that are not known here: \(summary.droppedSettings.joined(separator: ", "))") }
        print("\(summary.moved) moved, \(summary.unchanged) unchanged, \(summary.failed.count) failed, \(summary.thumbnails) small copies")
        if !summary.failed.isEmpty { throw ExitCode.failure }
    }

    // MARK: Words

    private func list(_ failures: [ImageImporter.Failure]) {
        for failure in failures { complain("\(failure.relativePath): \(failure.reason)") }
    }

    private func complain(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

    /// Lines of a run without an end are to be seen as they come, in files too.
    private func flush() { fflush(nil) }
}

extension EmbeddingPlace: ExpressibleByArgument {}
