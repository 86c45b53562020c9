/// What finds documents in a certain order: a query, a vector's neighbours, or what is made of other retrievers' lists.
///
/// Source: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/retrievers
public struct Retriever: Equatable, Sendable {
    /// What makes the list, a case for each retriever that Elasticsearch has.
    public indirect enum Kind: Equatable, Sendable {
        case standard(StandardRetriever)
        case knn(KNNQuery)
        case fused(FusedRetriever)
        case pinned(PinnedRetriever)
        case rescorer(RescorerRetriever)
    }

    public var kind: Kind
    /// What documents must match, too; all.
    public var filter: [Query]
    /// Documents that score less are not found.
    public var minimumScore: Float?
    /// Reported in a hit's `matched_queries`.
    public var name: String?

    public init(_ kind: Kind, filter: [Query] = [], minimumScore: Float? = nil, name: String? = nil) {
        self.kind = kind
        self.filter = filter
        self.minimumScore = minimumScore
        self.name = name
    }

    /// Elasticsearch's name of the kind.
    public var kindName: String {
        switch kind {
        case .standard: "standard"
        case .knn: "knn"
        case .fused(let fused): fused.method.name
        case .pinned: "pinned"
        case .rescorer: "rescorer"
        }
    }

    /// How many documents a compound retriever gives at most; nil for the others.
    public var window: Int? {
        switch kind {
        case .standard, .knn: nil
        case .fused(let fused): fused.window
        case .pinned(let pinned): pinned.window
        case .rescorer(let rescorer): rescorer.window
        }
    }

    /// The retrievers that it is made of.
    public var children: [Retriever] {
        switch kind {
        case .standard, .knn: []
        case .fused(let fused): fused.children.map(\.retriever)
        case .pinned(let pinned): [pinned.child]
        case .rescorer(let rescorer): [rescorer.child]
        }
    }
}

/// A query, with what else makes a list of its matches.
public struct StandardRetriever: Equatable, Sendable {
    /// Nil: everything.
    public var query: Query?
    public var sort: Sort?
    public var searchAfter: [SortValue]?
    public var terminateAfter: Int?
    public var collapse: Collapse?

    public init(query: Query? = nil, sort: Sort? = nil) {
        self.query = query
        self.sort = sort
    }
}

/// Several lists that become one, by places or by scores.
public struct FusedRetriever: Equatable, Sendable {
    /// How the lists become one.
    public enum Method: Equatable, Sendable {
        /// Reciprocal rank fusion: a document's score is the sum of `weight / (constant + rank)`.
        case rrf(constant: Int)
        /// The weighted sum of the scores, each list's made comparable first.
        case linear

        public var name: String {
            switch self {
            case .rrf: "rrf"
            case .linear: "linear"
            }
        }
    }

    /// A list, how much it counts, and how its scores are made comparable.
    public struct Child: Equatable, Sendable {
        public var retriever: Retriever
        public var weight: Float
        public var normalizer: ScoreNormalizer

        public init(_ retriever: Retriever, weight: Float = 1, normalizer: ScoreNormalizer = .none) {
            self.retriever = retriever
            self.weight = weight
            self.normalizer = normalizer
        }
    }

    /// A text for several fields, in the place of children.
    public struct Fields: Equatable, Sendable {
        /// None: all.
        public var fields: [WeightedField]
        public var text: String
        public var normalizer: ScoreNormalizer

        public init(fields: [WeightedField], text: String, normalizer: ScoreNormalizer = .none) {
            self.fields = fields
            self.text = text
            self.normalizer = normalizer
        }
    }

    public var method: Method
    public var children: [Child]
    public var window: Int
    /// Set where `children` are empty.
    public var fields: Fields?

    public static let defaultWindow = 10
    public static let defaultRankConstant = 60

    public init(_ method: Method, children: [Child], window: Int = Self.defaultWindow, fields: Fields? = nil) {
        self.method = method
        self.children = children
        self.window = window
        self.fields = fields
    }

    /// With the children that a text for several fields stands for: one query of all of them, whose fields' scores are summed.
    public var expanded: FusedRetriever {
        guard let fields else { return self }
        let query = Query(
            .multiMatch(MultiMatchQuery(fields: fields.fields, text: .string(fields.text), kind: .mostFields)))
        var expanded = self
        expanded.fields = nil
        expanded.children = [Child(Retriever(.standard(StandardRetriever(query: query))), normalizer: fields.normalizer)]
        return expanded
    }
}

/// Documents that stand first, before those of another retriever.
public struct PinnedRetriever: Equatable, Sendable {
    public var documents: [PinnedDocuments.Document]
    public var child: Retriever
    public var window: Int

    public init(documents: [PinnedDocuments.Document], child: Retriever, window: Int = FusedRetriever.defaultWindow) {
        self.documents = documents
        self.child = child
        self.window = window
    }

    /// The pinned documents and what the query matches.
    public func query(beside organic: Query) -> Query { PinnedDocuments(documents).query(beside: organic) }
}

/// Another retriever's first documents, scored anew.
public struct RescorerRetriever: Equatable, Sendable {
    public var child: Retriever
    public var rescorers: [Rescorer]

    public init(child: Retriever, rescorers: [Rescorer]) {
        self.child = child
        self.rescorers = rescorers
    }

    /// As many documents as all rescorers look at.
    public var window: Int { rescorers.map(\.window).min() ?? Rescorer.defaultWindow }
}
