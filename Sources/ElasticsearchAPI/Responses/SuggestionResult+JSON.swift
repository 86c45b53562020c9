internal import Indices
internal import JSON

extension [SuggestionResult] {
    /// The `suggest` member of an answer.
    func json(_ format: SearchFormat) -> JSONValue {
        .object(
            JSONMembers(
                map { result in
                    (format.hasTypedKeys ? "\(result.kind)#\(result.name)" : result.name, .array(result.entries.map { $0.json(format) }))
                }))
    }
}

extension SuggestionResult.Entry {
    fileprivate func json(_ format: SearchFormat) -> JSONValue {
        [
            "text": .string(text), "offset": .int(offset), "length": .int(length),
            "options": .array(options.map { $0.json(format) }),
        ]
    }
}

extension SuggestionResult.Option {
    fileprivate func json(_ format: SearchFormat) -> JSONValue {
        var members: JSONMembers = ["text": .string(text)]
        guard let hit else {
            members["highlighted"] = highlighted.map { .string($0) }
            members["score"] = .float(score)
            members["freq"] = frequency.map { .int($0) }
            return .object(members)
        }
        for member in hit.json(format).object ?? [:] { members[member.key] = member.value }
        members["_score"] = .float(score)
        members["contexts"] = contexts.map { .object($0) }
        return .object(members)
    }
}
