internal import ElasticsearchAPI
internal import Files
internal import ImagePreprocessing
internal import Inference
internal import JSON

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
    private struct Candidate: Sendable {
        var file: ImageFolder.File
        var captions: JSONMembers
        var signature: FileSignature?
        var state: StoredPictures.State?
        /// The hash of the file's bytes, where they need not be read.
        var knownHash: String?
    }

    private var stored: StoredPictures { StoredPictures(client: index.client, index: index.name) }

    private func plan(_ files: ArraySlice<ImageFolder.File>) async throws -> (unchanged: Int, candidates: [Candidate]) {
        let states = await index.exists ? try await stored.states(of: files.map(ImportedImage.id)) : [:]
        var unchanged = 0, candidates: [Candidate] = []
        for file in files {
            var candidate = Candidate(
                file: file, captions: try fields.fields(for: file), signature: FileSignature(of: file.path),
                state: states[ImportedImage.id(of: file)])
            if !readsAll, let state = candidate.state, let signature = candidate.signature, state.isOf(signature) {
                candidate.knownHash = state.imageHash
            }
            if let hash = candidate.knownHash, isCurrent(image(candidate, hash), candidate.state) {
                unchanged += 1
            } else {
                candidates.append(candidate)
            }
        }
        return (unchanged, candidates)
    }

    private func image(_ candidate: Candidate, _ hash: String) -> ImportedImage {
        ImportedImage(candidate.file, captions: candidate.captions, signature: candidate.signature, imageHash: hash)
    }

    private func isCurrent(_ image: ImportedImage, _ state: StoredPictures.State?) -> Bool {
        guard let state, let signature = image.signature else { return false }
        return state.contentHash == image.contentHash && state.folderID == folderID && state.isOf(signature)
    }

    // MARK: Embedding and storing

    private struct Outcome: Sendable {
        var summary = Summary()
        /// Why documents were refused, where all of the batch were.
        var refusal: String?
    }

    private enum Reading: Sendable {
        case unchanged
        case failed(Failure)
        /// The pixels are those that the index knows, of the document with the id.
        case known(ImportedImage, Candidate, from: String)
        case prepared(ImportedImage, PreparedPicture)
    }

    /// - Parameter places: ids of documents whose pictures are gone, by their hashes.
    private func process(_ batch: [Candidate], _ thumbnails: ThumbnailSender, movedFrom places: [String: String]) async throws -> Outcome {
        var outcome = Outcome()
        var readings = await pool.run { batch.map { read($0, movedFrom: places) } }
        var known: [(image: ImportedImage, candidate: Candidate, source: String)] = []
        for case .known(let image, let candidate, let source) in readings { known.append((image, candidate, source)) }
        let contents = try await stored.contents(of: known.map(\.source))
        // A document that somebody took the vector out of.
        let lost = known.filter { contents[$0.source] == nil }.map(\.candidate)
        if !lost.isEmpty {
            readings += await pool.run {
                lost.map { candidate in
                    var candidate = candidate
                    (candidate.state, candidate.knownHash) = (nil, nil)
                    return read(candidate, movedFrom: [:])
                }
            }
        }
        var prepared: [(image: ImportedImage, picture: PreparedPicture)] = []
        for reading in readings {
            switch reading {
            case .unchanged: outcome.summary.unchanged += 1
            case .failed(let failure): outcome.summary.failed.append(failure)
            case .known: break
            case .prepared(let image, let picture): prepared.append((image, picture))
            }
        }
        var documents: [(image: ImportedImage, content: PictureContent, isNew: Bool)] = known.compactMap { image, _, source in
            contents[source].map { (image, $0, false) }
        }
        var copies: [(hash: String, bytes: [UInt8])] = []
        for (result, (image, picture)) in zip(try await embedder.embed(prepared.map(\.picture)), prepared) {
            switch result {
            case .success(let vector):
                let size = picture.header.map { PixelSize(width: $0.width, height: $0.height) }
                documents.append((image, PictureContent(embedding: vector, size: size, format: picture.header?.format.rawValue), true))
                if let thumbnail = picture.thumbnail { copies.append((image.imageHash, thumbnail)) }
            case .failure(let refusal):
                outcome.summary.failed.append(Failure(relativePath: image.file.relativePath, reason: refusal.reason))
            }
        }
        guard let dimensions = documents.first?.content.embedding.count else { return outcome }
        try await index.make(dimensions: dimensions)
        // Before the documents, so that whoever finds one finds its picture.
        try await thumbnails.send(copies)
        let operations = documents.map { BulkWriter.Operation.index($0.image.id, $0.image.document($0.content, folderID: folderID)) }
        let refusals = try await BulkWriter(client: index.client, index: index.name).write(operations)
        for (document, refusal) in zip(documents, refusals) {
            if let refusal {
                outcome.summary.failed.append(Failure(relativePath: document.image.file.relativePath, reason: refusal.reason))
            } else if document.isNew {
                outcome.summary.imported += 1
            } else {
                outcome.summary.updated += 1
            }
        }
        if refusals.allSatisfy({ $0 != nil }) { outcome.refusal = refusals.last??.reason }
        return outcome
    }

    private func read(_ candidate: Candidate, movedFrom places: [String: String]) -> Reading {
        func failed(_ reason: String) -> Reading { .failed(Failure(relativePath: candidate.file.relativePath, reason: reason)) }
        if let hash = candidate.knownHash { return .known(image(candidate, hash), candidate, from: ImportedImage.id(of: candidate.file)) }
        do {
            let bytes = try ImportError.wrapping(File.contents(of: candidate.file.path))
            let image = image(candidate, ImportedImage.hash(bytes))
            if isCurrent(image, candidate.state) { return .unchanged }
            if candidate.state?.imageHash == image.imageHash { return .known(image, candidate, from: image.id) }
            if let source = places[image.imageHash] { return .known(image, candidate, from: source) }
            return .prepared(image, try embedder.prepare(bytes, withThumbnail: sendsThumbnails))
        } catch let error as ImportError {
            return failed(error.description)
        } catch {
            return failed(ExplainedError(error).description)
        }
    }

    private func absorb(_ outcome: Outcome, into summary: inout Summary) throws(ClientError) {
        summary.imported += outcome.summary.imported
        summary.updated += outcome.summary.updated
        summary.unchanged += outcome.summary.unchanged
        summary.failed += outcome.summary.failed
        // An index of another shape refuses all of them, and would go on to.
        if summary.imported + summary.updated == 0, let refusal = outcome.refusal {
            throw .refused(request: "_bulk", reason: refusal)
        }
    }
}
