public import Indices
public import JSON

extension TermVectors {
    /// The body of a `_termvectors` answer, and an entry of an `_mtermvectors` answer.
    public var json: JSONValue {
        var members: JSONMembers = ["_index": .string(index)]
        members["_id"] = id.map { .string($0) }
        members["_version"] = .int(Int(version))
        members["found"] = .bool(isFound)
        members["took"] = .int(milliseconds)
        if isFound, !fields.isEmpty {
            members["term_vectors"] = .object(JSONMembers(fields.map { ($0.name, json(of: $0)) }))
        } else if isFound {
            members["term_vectors"] = .object([:])
        }
        return .object(members)
    }

    private func json(of field: Field) -> JSONValue {
        var members: JSONMembers = [:]
        if let statistics = field.statistics {
            members["field_statistics"] = [
                "sum_doc_freq": .int(statistics.documentFrequencies), "doc_count": .int(statistics.documents),
                "sum_ttf": .int(statistics.totalFrequency),
            ]
        }
        members["terms"] = .object(JSONMembers(field.terms.map { ($0.text, json(of: $0)) }))
        return .object(members)
    }

    private func json(of term: Term) -> JSONValue {
        var members: JSONMembers = [:]
        members["doc_freq"] = term.documentFrequency.map { .int($0) }
        members["ttf"] = term.totalFrequency.map { .int($0) }
        members["term_freq"] = .int(term.occurrences.count)
        if showsPositions || showsOffsets {
            members["tokens"] = .array(
                term.occurrences.map { occurrence in
                    var token: JSONMembers = [:]
                    if showsPositions { token["position"] = .int(occurrence.position) }
                    if showsOffsets {
                        token["start_offset"] = .int(occurrence.start)
                        token["end_offset"] = .int(occurrence.end)
                    }
                    return .object(token)
                })
        }
        members["score"] = term.score.map { .float($0) }
        return .object(members)
    }
}
