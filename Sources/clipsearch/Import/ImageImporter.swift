internal import Files
internal import JSON
internal import Threads

/// Brings pictures into an index of a running node: reads and decodes them, has them embedded, and sends the documents in bulks.
///
/// A few batches are under way at a time, each in another stage: while one is embedded, others are decoded, sent, stored. The next
/// begins when one is done, so that a slow node slows all of it down and memory stays bounded.
struct ImageImporter: Sendable {
    struct Summary: Sendable, Equatable {
        var imported = 0
        /// Those whose document was written anew with the vector that it had, at this place or at another one that it was moved from.
        var updated = 0
        var unchanged = 0
        var failed: [Failure] = []

        var count: Int { imported + updated + unchanged + failed.count }
    }

    struct Failure: Sendable, Equatable {
        var relativePath: String
        var reason: String
    }

    /// Pictures whose state is asked for at a time.
    private static let planSize = 512

    let index: PictureIndex
    let embedder: any PictureEmbedder
    var fields: PictureFields
    /// Tells which documents come from this folder.
    let folderID: String
    /// Does what keeps a thread busy.
    let pool: BlockingPool
    /// Whether the node gets small copies to show. The pictures stay where they are.
    var sendsThumbnails = true
    /// Whether files are read although they are as large and as old as when they were imported.
    var readsAll = false
    /// Pictures in one request for vectors and one bulk.
    var batchSize = 16
    /// Batches under way.
    var batchesInFlight = 4
    /// Documents of pictures that are not in the folder any more, with the pictures' hashes: a file that was moved has its vector there.
    var gone: DocumentRemover.Documents = [:]

    /// - Parameter progress: told, in order, the totals after each batch.
    /// - Throws: `ImportError`, `ClientError`; a picture that cannot be embedded is no error but in the summary.
    func run(_ files: [ImageFolder.File], progress: (Summary) -> Void = { _ in }) async throws -> Summary {
        var summary = Summary()
        progress(summary)
        let thumbnails = ThumbnailSender(client: index.client, index: index.name)
        let places = Dictionary(gone.map { ($0.value, $0.key) }, uniquingKeysWith: min)
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            var underWay = 0
            for start in stride(from: 0, to: files.count, by: Self.planSize) {
                let planned = try await plan(files[start..<min(start + Self.planSize, files.count)])
                summary.unchanged += planned.unchanged
                progress(summary)
                for start in stride(from: 0, to: planned.candidates.count, by: batchSize) {
                    let batch = Array(planned.candidates[start..<min(start + batchSize, planned.candidates.count)])
                    if underWay >= batchesInFlight, let outcome = try await group.next() {
                        underWay -= 1
                        try absorb(outcome, into: &summary)
                        progress(summary)
                    }
                    group.addTask { try await process(batch, thumbnails, movedFrom: places) }
                    underWay += 1
                }
            }
            while let outcome = try await group.next() {
                try absorb(outcome, into: &summary)
                progress(summary)
            }
        }
        return summary
    }

    /// The same with what is now said of pictures.
    func with(_ fields: PictureFields) -> ImageImporter {
        var copy = self
        copy.fields = fields
        return copy
    }

    // MARK: Planning

    /// A picture that may have to be written.
    struct Candidate: Sendable {
        var file: ImageFolder.File
        var place: DocumentPlace
        var captions: JSONMembers
        /// Nobody says anything of it in this run.
        var isSilent = false
        var signature: FileSignature?
        /// What the index says of the document, as far as that is of use.
        var state: StoredPictures.State?
        /// The hash of the file's bytes, where they need not be read.
        var knownHash: String?
        /// Another folder's document of a file that is as large and as old: if it has the same bytes, the folder was moved here, or has
        /// two paths, and the document becomes this folder's.
        var rival: StoredPictures.State?
    }

    var stored: StoredPictures { StoredPictures(client: index.client, index: index.name) }

    private func plan(_ files: ArraySlice<ImageFolder.File>) async throws -> (unchanged: Int, candidates: [Candidate]) {
        let states = await index.exists ? try await stored.states(of: files, folderID: folderID) : [:]
        var unchanged = 0, candidates: [Candidate] = []
        for file in files {
            let place = DocumentPlace(of: file, folderID: folderID, among: states)
            var candidate = Candidate(
                file: file, place: place, captions: try fields.fields(for: file), isSilent: try fields.isSilent(of: file),
                signature: FileSignature(of: file.path), state: place.state)
            if !readsAll, let state = candidate.state, let signature = candidate.signature, state.isOf(signature) {
                candidate.knownHash = state.imageHash
            }
            if let rival = place.rival, let signature = candidate.signature, rival.isOf(signature) { candidate.rival = rival }
            if let hash = candidate.knownHash, isCurrent(image(candidate, hash), candidate) {
                unchanged += 1
            } else {
                candidates.append(candidate)
            }
        }
        return (unchanged, candidates)
    }

    func image(_ candidate: Candidate, _ hash: String) -> ImportedImage {
        var image = ImportedImage(candidate.file, captions: candidate.captions, signature: candidate.signature, imageHash: hash)
        image.id = candidate.place.id
        image.isAdded = candidate.place.state == nil
        return image
    }

    func isCurrent(_ image: ImportedImage, _ candidate: Candidate) -> Bool {
        guard let state = candidate.state, let signature = image.signature else { return false }
        let isSame = candidate.isSilent ? state.imageHash == image.imageHash : state.contentHash == image.contentHash
        return isSame && state.folderID == folderID && state.isOf(signature)
    }

    private func absorb(_ outcome: Outcome, into summary: inout Summary) throws(ClientError) {
        summary.imported += outcome.summary.imported
        summary.updated += outcome.summary.updated
        summary.unchanged += outcome.summary.unchanged
        summary.failed += outcome.summary.failed
        // It would refuse all others, too.
        if let refusal = outcome.refusal { throw .refused(request: "_bulk", reason: refusal.reason) }
    }
}
