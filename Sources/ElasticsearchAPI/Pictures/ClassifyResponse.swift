public import Indices
public import JSON
public import Query

/// The answer of `_classify`: a `_search` answer, whose hits tell their best labels.
public struct ClassifyResponse: Sendable {
    private let response: SearchResponse
    private let format: SearchFormat
    private var scores: [[LabelClassifier.Score]?] = []
    private let about: JSONMembers

    /// - Parameters:
    ///   - field: whose vectors were compared; it was added to what was to be fetched.
    ///   - isFieldWanted: the client asked for it, too.
    public init(
        _ response: SearchResponse, _ format: SearchFormat, _ classifier: LabelClassifier, labels: [String], top: Int, field: String,
        isFieldWanted: Bool, model: String, logitScale: Float
    ) {
        var response = response
        var counts = [String: Int]()
        for number in response.hits.indices {
            let vector = response.hits[number].vector(field)
            let all = vector.flatMap(classifier.scores)
            if let best = all?.first { counts[best.label, default: 0] += 1 }
            scores.append(all.map { Array($0.prefix(top)) })
            guard !isFieldWanted else { continue }
            response.hits[number].fields?[field] = nil
            if response.hits[number].fields?.isEmpty == true { response.hits[number].fields = nil }
        }
        self.response = response
        self.format = format
        about = [
            "model_id": .string(model), "field": .string(field), "logit_scale": .float(logitScale),
            "labels": .object(JSONMembers(labels.map { ($0, .int(counts[$0] ?? 0)) })),
        ]
    }

    public var json: JSONValue {
        guard var members = response.json(format).object, var hits = members["hits"]?.object else { return .null }
        let classified = zip(hits["hits"]?.array ?? [], scores).map { hit, scores -> JSONValue in
            guard var members = hit.object, let best = scores?.first else { return hit }
            members["classification"] = [
                "label": .string(best.label), "score": .float(best.probability),
                "top": .array((scores ?? []).map { ["label": .string($0.label), "score": .float($0.probability)] }),
            ]
            return .object(members)
        }
        hits["hits"] = .array(classified)
        members["hits"] = .object(hits)
        members["classification"] = .object(about)
        return .object(members)
    }
}
