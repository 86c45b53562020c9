public import Indices
public import JSON
internal import Query

extension Explanation {
    var json: JSONValue {
        let number: JSONValue =
            switch value {
            case .score(let score): .float(score)
            case .count(let count): .int(count)
            }
        return ["value": number, "description": .string(description), "details": .array(details.map(\.json))]
    }
}

extension ExplainResult {
    /// The body of an `_explain` answer.
    ///
    /// - Parameter showsDocument: whether anything of the document was asked for.
    public func json(showsDocument: Bool) -> JSONValue {
        var members: JSONMembers = [
            "_index": .string(index), "_id": .string(id), "matched": .bool(explanation?.isMatch ?? false),
        ]
        members["explanation"] = explanation?.json
        if showsDocument, let document {
            var get: JSONMembers = [
                "_seq_no": .int(Int(document.document.sequenceNumber)), "_primary_term": .int(Int(document.document.primaryTerm)),
                "found": true,
            ]
            get["_source"] = document.source
            if !document.fields.isEmpty { get["fields"] = .object(document.fields) }
            members["get"] = .object(get)
        }
        return .object(members)
    }

    public var status: Int { explanation == nil ? 404 : 200 }
}
