public import JSON

/// The answers to `_infer`.
public struct InferResponse: Sendable {
    /// What a model made of one document.
    public struct Result: Sendable {
        public var values: [Float]
        public var isTruncated: Bool

        public init(values: [Float], isTruncated: Bool) {
            self.values = values
            self.isTruncated = isTruncated
        }
    }

    public var results: [Result]
    public var resultsField: String

    public init(results: [Result], resultsField: String) {
        self.results = results
        self.resultsField = resultsField
    }

    /// The answer of `_infer`: all results.
    public var json: JSONValue { ["inference_results": .array(results.map(json))] }

    /// The answer of the older `deployment/_infer`: the first result alone.
    public var deploymentJSON: JSONValue { results.first.map(json) ?? [:] }

    /// `is_truncated` stands there only if it is true.
    private func json(_ result: Result) -> JSONValue {
        var members: [(String, JSONValue)] = [(resultsField, .floats(result.values))]
        if result.isTruncated { members.append(("is_truncated", true)) }
        return .object(members.members)
    }
}
