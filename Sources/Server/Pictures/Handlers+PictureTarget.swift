internal import ElasticsearchAPI
internal import Indices
internal import Inference
internal import Mapping

/// Which vectors pictures are compared by: a field, and the deployment that makes them.
struct PictureTarget {
    var field: String
    var model: String
    /// Of the field's vectors, in those indices that say it.
    var dimensions: [Int]
}

extension Handlers {
    /// What a request means that does not say all of it.
    ///
    /// The field is the index's only one of vectors, or else `image_embedding`. The model is the one that the mapping names in
    /// `_meta.clipsearch.model`, or else the first deployed one whose pictures have as many dimensions.
    ///
    /// - Parameter index: a name or several; an index that is not there gets what an import would give it.
    /// - Throws: `ElasticsearchError`, `InferenceError` where the model is not deployed.
    func pictureTarget(_ index: String, field: String?, model: String?) async throws -> PictureTarget {
        let names = APIRequest.splitNames(index)
        let mappings = try indices.metadata(IndexExpression(names, ignoresUnavailable: true)).map(\.mapping)
        let name = try field ?? Self.vectorField(mappings, index)
        let dimensions = mappings.compactMap { Self.dimensions(of: name, in: $0) }
        if let model = model ?? mappings.lazy.compactMap({ PictureDocument.model(meta: $0.meta) }).first {
            return PictureTarget(field: name, model: try await models.serving(model).deploymentID, dimensions: dimensions)
        }
        for deployment in await models.statistics {
            guard let served = try? await models.serving(deployment.id), let width = served.model.imageDimensions,
                width == dimensions.first ?? width
            else { continue }
            return PictureTarget(field: name, model: served.deploymentID, dimensions: dimensions)
        }
        throw ElasticsearchError(
            status: 404, "resource_not_found_exception",
            "no deployed model makes vectors of pictures\(dimensions.first.map { " with [\($0)] dimensions" } ?? ""); name one with [model]")
    }

    static func vectorField(_ mappings: [Mapping], _ index: String) throws(ElasticsearchError) -> String {
        let names = Set(mappings.flatMap { mapping in mapping.fields.map(\.path).filter { dimensions(of: $0, in: mapping) != nil } })
        if names.isEmpty || names.contains(PictureDocument.vectorField) { return PictureDocument.vectorField }
        guard names.count == 1, let name = names.first else {
            throw .illegalArgument("[\(index)] has several fields of vectors, [\(names.sorted().joined(separator: ", "))]; name one with [field]")
        }
        return name
    }

    private static func dimensions(of field: String, in mapping: Mapping) -> Int? {
        guard case .denseVector(let options)? = mapping.field(field)?.type else { return nil }
        return options.dimensions
    }
}
