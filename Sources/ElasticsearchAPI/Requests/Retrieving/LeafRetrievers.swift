internal import JSON
internal import Query

extension RetrieverDecoder {
    private enum StandardKey: String, BodyKey {
        case query, sort, collapse
        case searchAfter = "search_after"
        case terminateAfter = "terminate_after"
    }

    func standard(_ body: Node) throws(ParseError) -> Retriever {
        var options = RetrieverOptions()
        var standard = StandardRetriever()
        for (key, field) in try body.fields(StandardKey.self, of: "standard", &options, queries) {
            switch key {
            case .query:
                standard.query = try field.wrapping { () throws(ParseError) in try queries.query(field.value) }
            case .sort: standard.sort = try field.wrapping { () throws(ParseError) in try Sort(field, queries) }
            case .collapse: standard.collapse = try field.wrapping { () throws(ParseError) in try Collapse(field, queries) }
            case .searchAfter: standard.searchAfter = try [SortValue](searchAfter: field)
            case .terminateAfter: standard.terminateAfter = try field.terminateAfter()
            }
        }
        return options.retriever(.standard(standard))
    }

    private enum KNNKey: String, BodyKey {
        case field, k, similarity
        case queryVector = "query_vector"
        case queryVectorBuilder = "query_vector_builder"
        case candidates = "num_candidates"
        case rescoreVector = "rescore_vector"
    }

    func knn(_ body: Node) throws(ParseError) -> Retriever {
        var options = RetrieverOptions()
        var members = KNNMembers()
        for (key, field) in try body.fields(KNNKey.self, of: "knn", &options, queries) {
            switch key {
            case .field: members.field = try field.string()
            case .k: members.k = try field.int()
            case .similarity: members.similarity = try field.float()
            case .queryVector: members.vector = try field.wrapping { () throws(ParseError) in try field.queryVector() }
            case .queryVectorBuilder:
                members.builder = try field.wrapping { () throws(ParseError) in try QueryVector(builder: field.value) }
            case .candidates: members.candidates = try field.int()
            case .rescoreVector:
                members.oversample = try field.wrapping { () throws(ParseError) in try KNNMembers.oversample(field) }
            }
        }
        var missing: [String] = []
        if members.field == nil { missing.append("field") }
        if members.k == nil { missing.append("k") }
        if members.candidates == nil { missing.append("num_candidates") }
        guard missing.isEmpty else { throw .argument("Required [\(missing.joined(separator: ", "))]", at: body.path) }
        let vector: QueryVector
        do {
            vector = try queries.vector(of: members)
        } catch {
            throw ParseError(
                .build, "Failed to build [knn] after last required field arrived", at: body.path, causedBy: error)
        }
        try members.checkBounds(k: members.k, candidates: members.candidates)
        return options.retriever(.knn(members.query(vector, k: members.k, candidates: members.candidates)))
    }
}
