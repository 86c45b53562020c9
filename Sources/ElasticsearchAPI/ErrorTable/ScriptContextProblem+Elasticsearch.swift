internal import Indices

extension ScriptContextProblem {
    /// Elasticsearch's sentence.
    var reason: String {
        switch self {
        case .sourceNotObject: "Expected [_source] to be a Map"
        case .unknownKey(let key, let value): "Cannot put key [\(key)] with value [\(value)] into ctx"
        case .fixedKey(let key): "\(key) cannot be updated"
        case .unknownOperation(let text, let allowed): "[op] must be one of \(allowed.joined(separator: ", ")), not [\(text)]"
        }
    }
}
