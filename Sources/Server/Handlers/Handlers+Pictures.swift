internal import Contents
internal import ElasticsearchAPI
internal import ImagePreprocessing
internal import Indices
internal import Ingest
internal import Inference
internal import JSON
internal import Mapping
internal import NIOPosix
internal import Query

extension Handlers {
    // MARK: Writing

    /// `POST /{index}/_image` and `PUT /{index}/_image/{id}`: a picture's bytes become a document. Ours.
    @Sendable func indexImage(_ request: APIRequest) async throws -> Reply {
        let start = ContinuousClock.now
        let decoded = try ImageIndexRequest(request.parameters)
        let index = try request.capture("index"), picture = Array(try request.requiredBody())
        let header = try ImageHeader(reading: picture), size = header.shownSize
        let parameters = try WriteParameters(.index, request.parameters)
        // What would be refused in the end makes no index.
        if let pipeline = request.parameters["pipeline"], pipeline != "_none", pipelines[pipeline] == nil {
            throw IngestFault.unknownPipeline(pipeline)
        }
        let target = try await pictureTarget(index, field: decoded.field, model: decoded.model)
        let vectors = try await models.embed(
            images: [picture], model: target.model, since: start, timeout: decoded.timeout ?? InferenceService.defaultTimeout)
        guard let vector = vectors.first else { throw ElasticsearchError.internalError }
        try await makePictureIndex(index, target, dimensions: vector.count)
        let hash = try await keep(picture, isOriginal: decoded.keepsOriginal, in: index)
        let id = request.captures["id"] ?? String(hash.prefix(32))
        var document: JSONMembers = [
            "image_id": .string(id), "width": .int(size.width), "height": .int(size.height),
            "format": .string(header.format.rawValue),
        ]
        for member in decoded.fields { document[member.key] = member.value }
        document[PictureDocument.hashField] = .string(hash)
        document[target.field] = .floats(vector)
        return try await carryOut(
            parameters.operation(index: index, id: id, source: JSONValue.object(document).serialized()), decoded.refresh)
    }

    /// `PUT /{index}/_image/_thumbnail/{hash}`: what an import on another machine sends of a picture that stays there. Ours.
    @Sendable func putThumbnail(_ request: APIRequest) async throws -> Reply {
        try await keepThumbnails([.init(hash: try request.capture("hash"), bytes: Array(try request.requiredBody()))], request)
    }

    /// `PUT /{index}/_image/_thumbnail`: several of them, all or those before the first that cannot be read. Ours.
    @Sendable func putThumbnails(_ request: APIRequest) async throws -> Reply {
        try await keepThumbnails(try ThumbnailParts(try request.requiredBody()).parts, request)
    }

    private func keepThumbnails(_ copies: [ThumbnailParts.Part], _ request: APIRequest) async throws -> Reply {
        let index = try request.capture("index")
        for copy in copies {
            guard let hash = PictureHash(copy.hash) else {
                throw ElasticsearchError.illegalArgument("[\(copy.hash)] is not a SHA-256 in hexadecimal digits")
            }
            // Each is work of its own: many of them leave the thread to others in between.
            try await NIOThreadPool.singleton.runIfActive { [indices] in
                // Made anew where it is not small already: what is kept is of a known size.
                try indices.keepPicture(try Thumbnail(madeElsewhere: copy.bytes).bytes, as: .thumbnail, of: hash, in: index)
            }
        }
        return .json(Acknowledgement.acknowledged)
    }

    /// An index that pictures are sent to before it is there gets the mapping that an import gives it.
    private func makePictureIndex(_ index: String, _ target: PictureTarget, dimensions: Int) async throws {
        guard !indices.exists(IndexExpression([index], allowsNone: false)) else { return }
        let body = PictureDocument.mapping(dimensions: dimensions, model: target.model, field: target.field).serialized()
        do {
            try await indices.createIndex(index, mapping: try Mapping(decoding: try JSONDocument(parsing: body).root, in: .unbound))
        } catch IndicesError.indexAlreadyExists {
            // Another request was faster.
        }
    }

    private func keep(_ picture: [UInt8], isOriginal: Bool, in index: String) async throws -> String {
        let hash = PictureHash(of: picture)
        let thumbnail = try await Self.thumbnail(of: picture)
        try await NIOThreadPool.singleton.runIfActive { [indices] in
            if isOriginal { try indices.keepPicture(picture, as: .original, of: hash, in: index) }
            try indices.keepPicture(thumbnail, as: .thumbnail, of: hash, in: index)
        }
        return hash.text
    }

    /// On a thread that may be kept busy.
    static func thumbnail(of picture: [UInt8]) async throws -> [UInt8] {
        try await NIOThreadPool.singleton.runIfActive { try Thumbnail(of: picture).bytes }
    }

    // MARK: Searching

    /// `POST /{index}/_search/image`: a picture's bytes, and words beside them, ask for what is like it; answered as `_search` is. Ours.
    @Sendable func searchByImage(_ request: APIRequest) async throws -> Reply {
        let start = ContinuousClock.now
        let decoded = try ImageSearchRequest(request.parameters), picture = Array(try request.requiredBody())
        let target = try await pictureTarget(try request.capture("index"), field: decoded.field, model: decoded.model)
        let cutOff = decoded.isCutAutomatic ? try await measuredCutOff(target, isMixed: decoded.words != nil || decoded.without != nil) : nil
        var contents = [WeightedContent(.image(picture), weight: decoded.weight)]
        if let words = decoded.words { contents.append(WeightedContent(.text(words.text), weight: words.weight)) }
        if let words = decoded.without { contents.append(WeightedContent(.text(words.text), weight: -words.weight)) }
        let vectors = try await models.embed(
            groups: [ContentGroup(contents)], model: target.model, purpose: .search, since: start,
            timeout: decoded.timeout ?? InferenceService.defaultTimeout)
        guard let vector = vectors.first else { throw ElasticsearchError.internalError }
        let search = try decoded.search(nearestTo: vector, in: target.field, cutOff: cutOff)
        let response = try await indices.search(search.search, in: try request.indexExpression(), options: search.options)
        return .json(response.json(search.format))
    }

    /// How alike two pictures must be, as it was measured of the model; with words, the less that words ask for.
    private func measuredCutOff(_ target: PictureTarget, isMixed: Bool) async throws -> Float {
        let model = try await models.serving(target.model).model, measured = model.calibration
        guard let cutOff = [measured?.imageToImage, isMixed ? measured?.textToImage : nil].compactMap({ $0 }).min() else {
            throw ElasticsearchError.illegalArgument(
                "[similarity] is [auto], and the cut-off of [\(model.id)] was not measured: give a number, or run [clipsearch model calibrate]")
        }
        return cutOff
    }
}
