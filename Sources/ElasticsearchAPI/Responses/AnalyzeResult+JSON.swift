internal import Analysis
public import Indices
public import JSON

extension AnalyzeResult {
    /// `{"tokens": […]}`, or `{"detail": {…}}` for an explanation.
    public var json: JSONValue {
        switch self {
        case .tokens(let tokens): return ["tokens": .array(tokens.map { .object($0.json) })]
        case .analyzer(let name, let tokens, let attributes):
            return [
                "detail": [
                    "custom_analyzer": false, "analyzer": ["name": .string(name), "tokens": Self.explained(tokens, attributes)],
                ]
            ]
        case .steps(let steps, let attributes):
            func step(_ step: AnalyzeSteps.Step) -> JSONValue {
                ["name": .string(step.name), "tokens": Self.explained(step.tokens, attributes)]
            }
            var detail: JSONMembers = ["custom_analyzer": true]
            if !steps.charFilters.isEmpty {
                detail["charfilters"] = .array(
                    steps.charFilters.map {
                        ["name": .string($0.name), "filtered_text": .array($0.texts.map { .string($0) })]
                    })
            }
            detail["tokenizer"] = step(steps.tokenizer)
            if !steps.filters.isEmpty { detail["tokenfilters"] = .array(steps.filters.map(step)) }
            return ["detail": .object(detail)]
        }
    }

    private static func explained(_ tokens: [Token], _ attributes: [String]) -> JSONValue {
        let names = Set(attributes.map { $0.lowercased() })
        return .array(
            tokens.map { token in
                var members = token.json
                members["positionLength"] = nil
                for (name, value) in token.attributes where names.isEmpty || names.contains(name.lowercased()) {
                    members[name] = value
                }
                // Lucene has it only behind filters that know keywords.
                if names.contains("keyword") || token.isKeyword { members["keyword"] = .bool(token.isKeyword) }
                return .object(members)
            })
    }
}

extension Token {
    fileprivate var json: JSONMembers {
        var members: JSONMembers = [
            "token": .string(term), "start_offset": .int(startOffset), "end_offset": .int(endOffset),
            "type": .string(type.rawValue), "position": .int(position),
        ]
        if positionLength > 1 { members["positionLength"] = .int(positionLength) }
        return members
    }

    /// What an explanation says beside it, by Lucene's names.
    fileprivate var attributes: [(String, JSONValue)] {
        let bytes = term.utf8.map { String($0, radix: 16) }.joined(separator: " ")
        return [("bytes", .string("[\(bytes)]")), ("positionLength", .int(positionLength)), ("termFrequency", 1)]
    }
}
