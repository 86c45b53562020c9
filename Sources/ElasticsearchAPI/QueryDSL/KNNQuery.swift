internal import JSON
internal import Query

/// The members that top-level `knn` and the `knn` query share, as they are read.
struct KNNMembers {
    var field: String?
    var vector: QueryVector?
    var builder: QueryVector?
    var k: Int?
    var candidates: Int?
    var filter: [Query] = []
    var similarity: Float?
    var oversample: Float?
    /// Of top-level `knn` only.
    var innerHits: InnerHits?
    var options = QueryOptions()

    enum Key: String, BodyKey {
        case innerHits = "inner_hits"
        case field
        case queryVector = "query_vector"
        case queryVectorBuilder = "query_vector_builder"
        case k
        case candidates = "num_candidates"
        case filter
        case similarity
        case rescoreVector = "rescore_vector"
        case boost
        case name = "_name"
    }

    private enum RescoreKey: String, BodyKey {
        case oversample
    }

    init() {}

    /// - Throws: `ParseError`; bounds of `k` and `num_candidates` are checked by the callers, whose defaults differ.
    init(_ node: Node, _ queries: QueryDecoder) throws(ParseError) {
        for (key, field) in try node.fields(Key.self, of: .object("knn")) {
            switch key {
            case .field: self.field = try field.string()
            case .queryVector: vector = try field.wrapping { () throws(ParseError) in try field.queryVector() }
            case .queryVectorBuilder:
                builder = try field.wrapping { () throws(ParseError) in try QueryVector(builder: field.value) }
            case .k: k = try field.int()
            case .candidates: candidates = try field.int()
            case .filter: filter = try Self.filter(field, queries)
            case .similarity: similarity = try field.float()
            case .rescoreVector:
                oversample = try field.wrapping { () throws(ParseError) in try Self.oversample(field) }
            case .innerHits: innerHits = try field.wrapping { () throws(ParseError) in try InnerHits(field) }
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard field != nil else { throw .argument("Required [field]", at: node.path) }
    }

    static func filter(_ field: Field, _ queries: QueryDecoder) throws(ParseError) -> [Query] {
        guard field.element.kind == .object || field.element.kind == .array else { throw field.unexpected }
        return try field.wrapping { () throws(ParseError) -> [Query] in
            var filter: [Query] = []
            for node in field.oneOrMany() { filter.append(try queries.query(node)) }
            return filter
        }
    }

    static func oversample(_ field: Field) throws(ParseError) -> Float {
        var oversample: Float?
        for (key, field) in try field.value.fields(RescoreKey.self, of: .object("rescore_vector")) {
            switch key {
            case .oversample: oversample = try field.float()
            }
        }
        guard let oversample else { throw .argument("Required [oversample]", at: field.path) }
        guard oversample == 0 || oversample >= 1 else {
            throw .argument("[oversample] must be >= 1.0 or exactly 0.0", at: field.path)
        }
        return oversample
    }

    /// The rules for `k` and `num_candidates`; nil stands for "not given".
    func checkBounds(k: Int?, candidates: Int?) throws(ParseError) {
        if let k, k < 1 { throw .argument("[k] must be greater than 0") }
        if let candidates, candidates > KNNQuery.maximumCandidates {
            throw .argument("[num_candidates] cannot exceed [\(KNNQuery.maximumCandidates)]")
        }
        if let candidates, candidates < 1 { throw .argument("[num_candidates] must be greater than 0") }
        if let k, let candidates, candidates < k { throw .argument("[num_candidates] cannot be less than [k]") }
    }

    /// - Parameters:
    ///   - k: as given or defaulted.
    ///   - candidates: as given or defaulted.
    func query(_ vector: QueryVector, k: Int?, candidates: Int?) -> KNNQuery {
        KNNQuery(
            field: field ?? "", vector: vector, k: k, candidates: candidates, filter: filter, similarity: similarity,
            oversample: oversample)
    }
}

extension QueryDecoder {
    /// The `knn` query; top-level `knn` is `SearchRequestBody`'s.
    func knn(_ body: Node) throws(ParseError) -> Query {
        let members = try KNNMembers(body, self)
        if members.innerHits != nil {
            throw ParseError(.content, "[knn] unknown field [inner_hits]", at: body.path, isAtKey: true)
        }
        do {
            let vector = try vector(of: members)
            try members.checkBounds(k: members.k, candidates: members.candidates)
            return members.options.query(.knn(members.query(vector, k: members.k, candidates: members.candidates)))
        } catch {
            throw ParseError(
                .build, "Failed to build [knn] after last required field arrived", at: body.path, causedBy: error)
        }
    }

    func vector(of members: KNNMembers) throws(ParseError) -> QueryVector {
        switch (members.vector, members.builder) {
        case (let vector?, nil): return vector
        case (nil, let builder?): return builder
        case (nil, nil):
            throw .argument("either [query_vector] or [query_vector_builder] must be provided")
        case (_?, _?):
            throw .argument("only one of [query_vector] and [query_vector_builder] must be provided")
        }
    }
}
