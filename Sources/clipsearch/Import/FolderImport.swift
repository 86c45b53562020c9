internal import Foundation
internal import Inference
internal import JSON
internal import MatrixKernels
internal import Threads

/// Where pictures are embedded.
enum EmbeddingPlace: String, CaseIterable, Sendable {
    /// By the node; pictures are sent to it.
    case node
    /// In this process; vectors are sent to the node.
    case here
}

/// What an import of a folder is told.
struct FolderImport {
    var folder: ImageFolder
    var index: String
    var model: String
    var client: ElasticsearchClient
    var place = EmbeddingPlace.node
    var modelFolders: [String] = []
    var precision = Precision.standard
    var isDraft = false
    /// Whether pictures that are embedded here are turned as their EXIF says.
    var appliesOrientation = false
    var fields: String?
    var sendsThumbnails = true
    var readsAll = false
    var batchSize = 16
    var threads = ProcessInfo.processInfo.activeProcessorCount

    /// Tells the folder's documents from those of others, without telling where it is.
    var folderID: String { String(ImportedImage.hash(Array(folder.path.utf8)).prefix(16)) }

    func table() throws(ImportError) -> FieldsTable? {
        try fields.map { (path) throws(ImportError) in try FieldsTable(reading: path, folder: folder.path) }
    }

    /// What makes importers for the index.
    ///
    /// - Parameter files: of which the first that can be read is embedded here and by the node, if both are to agree.
    /// - Throws: `ImportError`, `ClientError`.
    func makeImporter(checkedBy files: [ImageFolder.File]) async throws -> @Sendable (PictureFields) -> ImageImporter {
        let index = try await PictureIndex(index, model: model, client: client)
        let pool = BlockingPool(threads: threads, name: "import")
        let embedder: any PictureEmbedder
        switch place {
        case .node: embedder = NodeEmbedder(client: client, model: model)
        case .here:
            var local = try LocalEmbedder(model: model, folders: modelFolders, precision: precision, pool: pool)
            local.isDraft = isDraft
            local.appliesOrientation = appliesOrientation
            try await EmbedderAgreement(model: model, client: client).check(local, files)
            embedder = local
        }
        let template = ImageImporter(
            index: index, embedder: embedder, fields: PictureFields(), folderID: folderID, pool: pool, sendsThumbnails: sendsThumbnails,
            readsAll: readsAll, batchSize: batchSize, batchesInFlight: threads + 2)
        return { fields in template.with(fields) }
    }
}
