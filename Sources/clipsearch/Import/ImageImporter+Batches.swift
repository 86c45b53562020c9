internal import ElasticsearchAPI
internal import Files
internal import ImagePreprocessing
internal import Inference
internal import JSON
internal import Threads

/// What becomes of a batch: read, embedded, stored.
extension ImageImporter {
    struct Outcome: Sendable {
        var summary = Summary()
        /// Why the index refuses whatever is sent to it.
        var refusal: BulkWriter.Refusal?
    }

    private enum Reading: Sendable {
        case unchanged
        case failed(Failure)
        /// The pixels are those that the index knows, of the document with the id.
        case known(ImportedImage, Candidate, from: String)
        case prepared(ImportedImage, PreparedPicture)
    }

    private struct Document: Sendable {
        var image: ImportedImage
        var content: PictureContent
        var isNew: Bool
    }

    /// - Parameter places: ids of documents whose pictures are gone, by their hashes.
    func process(_ batch: [Candidate], _ thumbnails: ThumbnailSender, movedFrom places: [String: String]) async throws -> Outcome {
        var outcome = Outcome()
        let readings = await pool.run { batch.map { read($0, movedFrom: places) } }
        let known = try await known(among: readings)
        let again = known.lost.isEmpty ? [] : await pool.run { known.lost.map { read($0, movedFrom: [:]) } }
        let embedded = try await embed(readings + again, &outcome.summary)
        let documents = known.documents + embedded.documents
        guard let dimensions = documents.first?.content.embedding.count else { return outcome }
        try await index.make(dimensions: dimensions)
        // Before the documents, so that whoever finds one finds its picture.
        try await thumbnails.send(embedded.copies)
        try await store(documents, &outcome)
        return outcome
    }

    private func read(_ candidate: Candidate, movedFrom places: [String: String]) -> Reading {
        func failed(_ reason: String) -> Reading { .failed(Failure(relativePath: candidate.file.relativePath, reason: reason)) }
        if let hash = candidate.knownHash { return .known(image(candidate, hash), candidate, from: candidate.place.id) }
        do {
            let bytes = try candidate.file.contents()
            var image = image(candidate, ImportedImage.hash(bytes))
            if isCurrent(image, candidate) { return .unchanged }
            if candidate.state?.imageHash == image.imageHash { return .known(image, candidate, from: image.id) }
            if let rival = candidate.rival, rival.imageHash == image.imageHash {
                image.id = ImportedImage.id(of: candidate.file)
                image.isAdded = false
                return .known(image, candidate, from: image.id)
            }
            if let source = places[image.imageHash] { return .known(image, candidate, from: source) }
            return .prepared(image, try embedder.prepare(bytes, withThumbnail: sendsThumbnails))
        } catch let error as ImportError {
            return failed(error.description)
        } catch {
            return failed(ExplainedError(error).description)
        }
    }

    /// Documents that keep the vector that they have, and what has to be read after all: somebody took the vector out.
    private func known(among readings: [Reading]) async throws -> (documents: [Document], lost: [Candidate]) {
        var known: [(image: ImportedImage, candidate: Candidate, source: String)] = []
        for case .known(let image, let candidate, let source) in readings { known.append((image, candidate, source)) }
        let contents = try await stored.contents(of: known.map(\.source))
        var documents: [Document] = [], lost: [Candidate] = []
        for (image, candidate, source) in known {
            if let content = contents[source] {
                documents.append(Document(image: image, content: content, isNew: false))
            } else {
                var candidate = candidate
                (candidate.state, candidate.knownHash, candidate.rival) = (nil, nil, nil)
                lost.append(candidate)
            }
        }
        return (documents, lost)
    }

    private func embed(
        _ readings: [Reading], _ summary: inout Summary
    ) async throws -> (documents: [Document], copies: [(hash: String, bytes: [UInt8])]) {
        var prepared: [(image: ImportedImage, picture: PreparedPicture)] = []
        for reading in readings {
            switch reading {
            case .unchanged: summary.unchanged += 1
            case .failed(let failure): summary.failed.append(failure)
            case .known: break
            case .prepared(let image, let picture): prepared.append((image, picture))
            }
        }
        var documents: [Document] = [], copies: [(hash: String, bytes: [UInt8])] = []
        for (result, (image, picture)) in zip(try await embedder.embed(prepared.map(\.picture)), prepared) {
            switch result {
            case .success(let vector):
                let content = PictureContent(
                    embedding: vector, size: picture.header?.shownSize, format: picture.header?.format.rawValue)
                documents.append(Document(image: image, content: content, isNew: true))
                if let thumbnail = picture.thumbnail { copies.append((image.imageHash, thumbnail)) }
            case .failure(let refusal): summary.failed.append(Failure(relativePath: image.file.relativePath, reason: refusal.reason))
            }
        }
        return (documents, copies)
    }

    private func store(_ documents: [Document], _ outcome: inout Outcome) async throws {
        let writer = BulkWriter(client: index.client, index: index.name)
        var refusals = try await writer.write(documents.map { operation($0.image, $0.content) })
        let taken = documents.indices.filter { refusals[$0]?.status == 409 }
        if !taken.isEmpty {
            // Another folder's import was faster, or this one's own bulk that was sent twice.
            let states = try await stored.states(of: taken.map { documents[$0].image.file }, folderID: folderID)
            let answers = try await writer.write(
                taken.map { number in
                    var image = documents[number].image
                    image.id = DocumentPlace(of: image.file, folderID: folderID, among: states).id
                    image.isAdded = false
                    return operation(image, documents[number].content)
                })
            for (number, answer) in zip(taken, answers) { refusals[number] = answer }
        }
        for (document, refusal) in zip(documents, refusals) {
            if let refusal {
                outcome.summary.failed.append(Failure(relativePath: document.image.file.relativePath, reason: refusal.reason))
            } else if document.isNew {
                outcome.summary.imported += 1
            } else {
                outcome.summary.updated += 1
            }
        }
        outcome.refusal = refusals.lazy.compactMap(\.self).first(where: \.isOfIndex)
    }

    private func operation(_ image: ImportedImage, _ content: PictureContent) -> BulkWriter.Operation {
        let document = image.document(content, folderID: folderID)
        return image.isAdded ? .create(image.id, document) : .index(image.id, document)
    }
}
