internal import Inference
internal import JSON

/// What a running node knows of a model's scores.
struct MeasuredModel: Sendable {
    let calibration: ModelCalibration?

    /// - Throws: `ClientError`.
    init(_ model: String, _ client: ElasticsearchClient) async throws {
        let answer = try await client.call("GET", "/_ml/trained_models/\(ElasticsearchClient.escaped(model))")
        let configuration = answer.root.object?["trained_model_configs"]?.array?.first { _ in true }
        let measured = configuration?.object?["metadata"]?.object?["clipsearch"]
        calibration = measured.flatMap { ModelCalibration(JSONValue($0)) }
    }

    var logitScale: Float { calibration?.logitScale ?? ModelCalibration.defaultLogitScale }

    /// The least cosine for what `WeightedQuery.kind` names; nil: not measured.
    func cutOff(_ kind: String?) -> Float? {
        switch kind {
        case "text_to_image": calibration?.textToImage
        case "image_to_image": calibration?.imageToImage
        default: nil
        }
    }
}
