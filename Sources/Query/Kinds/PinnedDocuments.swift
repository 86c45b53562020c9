/// Documents that stand before what a query finds, in the order in which they are named.
///
/// Reference: https://www.elastic.co/docs/reference/query-languages/query-dsl/query-dsl-pinned-query
public struct PinnedDocuments: Equatable, Sendable {
    /// A document that is named.
    public struct Document: Equatable, Sendable {
        /// Nil: of any index.
        public var index: String?
        public var id: String

        public init(index: String? = nil, id: String) {
            self.index = index
            self.id = id
        }
    }

    public var documents: [Document]

    public init(_ documents: [Document]) {
        self.documents = documents
    }

    /// The documents and what `organic` finds. Scores are Elasticsearch's, beyond all others: the floats that follow 2¹²⁷.
    public func query(beside organic: Query) -> Query {
        let first = Float(sign: .plus, exponent: 127, significand: 1).bitPattern
        let count = UInt32(truncatingIfNeeded: documents.count)
        let pinned = documents.enumerated().map { place, document in
            Query(
                .constantScore(filter: document.filter),
                boost: Float(bitPattern: first + 1 + count - UInt32(truncatingIfNeeded: place)))
        }
        return Query(.disMax(pinned + [organic], tieBreaker: 0))
    }
}

extension PinnedDocuments.Document {
    fileprivate var filter: Query {
        let ids = Query(.ids([id]))
        guard let index else { return ids }
        return Query(.bool(BoolQuery(filter: [ids, Query(.term(TermQuery(field: "_index", value: .string(index))))])))
    }
}
