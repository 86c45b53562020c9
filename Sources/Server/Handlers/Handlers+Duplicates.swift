internal import ElasticsearchAPI
internal import Indices
internal import JSON
internal import Mapping
internal import Query

extension Handlers {
    /// `GET /{index}/_duplicates`: groups of pictures that are nearly the same. Ours.
    ///
    /// Every document asks for its nearest neighbours, whose vectors are compared exactly; pairs that are alike enough are joined.
    @Sendable func duplicates(_ request: APIRequest) async throws -> Reply {
        let start = ContinuousClock.now
        let wanted = try DuplicatesRequest(request.parameters)
        let field = try vectorsOfCosine(try request.capture("index"), wanted.field)
        let expression = try request.indexExpression()
        let pointInTime = try indices.openPointInTime(expression, routing: [], keepAlive: .seconds(60)).id
        defer { _ = try? indices.closePointInTime(pointInTime) }
        var groups = DuplicateGroups(), seen = 0, compared = 0, total = 0, isTimedOut = false
        var after: [JSONValue]?
        let end = start + wanted.timeout
        repeat {
            let limit = min(Self.duplicatesPage, wanted.maximumDocuments - seen)
            let page = try wanted.page(of: pointInTime, after: after, field: field, limit: limit)
            let found = try await indices.search(page.search, in: expression, options: page.options)
            total = found.total?.value ?? total
            let pairs = try await neighbours(found.hits, wanted, pointInTime, field, expression, until: end)
            for pair in pairs.pairs { groups.join(pair.one, pair.other, similarity: pair.similarity) }
            seen += found.hits.count
            compared += pairs.documents
            isTimedOut = pairs.isTimedOut
            after = found.hits.last?.sort
            if found.hits.count < limit { break }
        } while seen < wanted.maximumDocuments && !isTimedOut
        return .json([
            "took": .int(start.duration(to: .now).wholeMilliseconds), "timed_out": .bool(isTimedOut),
            "field": .string(field), "threshold": .float(wanted.threshold),
            "documents": ["looked_at": .int(compared), "total": .int(total)],
            "groups": .array(
                groups.groups.prefix(wanted.size).map { group in
                    [
                        "similarity": .float(group.similarity),
                        "documents": .array(group.documents.map { ["_index": .string($0.index), "_id": .string($0.id)] }),
                    ]
                }),
        ])
    }

    private static let duplicatesPage = 256

    private struct Pair: Sendable {
        var one, other: DuplicateGroups.Document
        var similarity: Float
    }

    /// What was found out about a document.
    private enum Neighbours: Sendable {
        case pairs([Pair])
        /// Its vector is not in its source.
        case unknown
        case tooLate
    }

    /// Asks for several documents at a time, one a processor and one that waits.
    private func neighbours(
        _ hits: [SearchResponse.Hit], _ wanted: DuplicatesRequest, _ pointInTime: String, _ field: String,
        _ expression: IndexExpression, until end: ContinuousClock.Instant
    ) async throws -> (pairs: [Pair], documents: Int, isTimedOut: Bool) {
        try await withThrowingTaskGroup(of: Neighbours.self) { group in
            var rest = hits[...], pairs: [Pair] = [], documents = 0, isTimedOut = false
            func addNext() {
                guard let hit = rest.popFirst() else { return }
                group.addTask {
                    if .now >= end { return .tooLate }
                    return try await self.neighbours(hit, wanted, pointInTime, field, expression)
                }
            }
            for _ in 0..<Self.concurrentNeighbours { addNext() }
            while let found = try await group.next() {
                addNext()
                switch found {
                case .tooLate: isTimedOut = true
                case .unknown: break
                case .pairs(let found):
                    pairs += found
                    documents += 1
                }
            }
            return (pairs, documents, isTimedOut)
        }
    }

    private static let concurrentNeighbours = 4

    private func neighbours(
        _ hit: SearchResponse.Hit, _ wanted: DuplicatesRequest, _ pointInTime: String, _ field: String, _ expression: IndexExpression
    ) async throws -> Neighbours {
        guard let vector = hit.vector(field) else { return .unknown }
        let search = try wanted.neighbours(of: vector, in: pointInTime, field: field)
        let found = try await indices.search(search.search, in: expression, options: search.options)
        let document = DuplicateGroups.Document(index: hit.index, id: hit.id)
        let pairs = found.hits.compactMap { neighbour -> Pair? in
            let other = DuplicateGroups.Document(index: neighbour.index, id: neighbour.id)
            guard other != document, let score = neighbour.score else { return nil }
            // A cosine's score is (1 + cosine) / 2.
            return Pair(one: document, other: other, similarity: min(1, 2 * score - 1))
        }
        return .pairs(pairs)
    }

    /// - Throws: where likeness is no cosine, and a threshold would mean something else.
    private func vectorsOfCosine(_ index: String, _ name: String?) throws -> String {
        let mappings = try indices.metadata(IndexExpression(APIRequest.splitNames(index))).map(\.mapping)
        let field = try name ?? Self.vectorField(mappings, index)
        var isKnown = false
        for mapping in mappings {
            guard case .denseVector(let options)? = mapping.field(field)?.type else { continue }
            // Scores of bytes' dot products are of another scale.
            let isCosine = options.similarity == .cosine || (options.similarity == .dotProduct && options.elementType == .float)
            guard options.isIndexed, isCosine else {
                throw ElasticsearchError.illegalArgument(
                    "[\(field)] is not indexed with the similarity [cosine] or, of floats, [dot_product]: [threshold] is a cosine")
            }
            isKnown = true
        }
        if isKnown { return field }
        throw ElasticsearchError.illegalArgument("[\(index)] has no field of vectors [\(field)]")
    }
}
