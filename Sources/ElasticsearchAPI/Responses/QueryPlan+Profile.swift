internal import JSON
internal import Mapping
internal import Query

/// A plan as `profile` shows it: by Lucene's names, with the plans that it is made of.
extension QueryPlan {
    /// - Parameters:
    ///   - nanoseconds: what the whole took; its parts are not timed.
    ///   - documents: how many it found.
    func profile(nanoseconds: Int, documents: Int) -> JSONMembers {
        var members = Self.profile(luceneType, notation, nanoseconds: nanoseconds, documents: documents)
        let children = profiledChildren
        if !children.isEmpty {
            members["children"] = .array(children.map { .object($0.members(nanoseconds: 1, documents: documents)) })
        }
        return members
    }

    /// A query of this type. All the time that was measured stands under the step that finds documents.
    static func profile(_ type: String, _ description: String, nanoseconds: Int, documents: Int) -> JSONMembers {
        let used = ["advance", "build_scorer", "create_weight", "next_doc", "score"]
        let unused = ["compute_max_score", "count_weight", "match", "set_min_competitive_score", "shallow_advance"]
        var breakdown = JSONMembers()
        for name in used {
            let isOnce = name == "create_weight" || name == "build_scorer"
            breakdown[name] = .int(name == "next_doc" ? max(1, nanoseconds - used.count + 1) : 1)
            breakdown[name + "_count"] = .int(isOnce ? 1 : max(1, documents))
        }
        for name in unused {
            breakdown[name] = 0
            breakdown[name + "_count"] = 0
        }
        return [
            "type": .string(type), "description": .string(description), "time_in_nanos": .int(nanoseconds),
            "breakdown": .object(breakdown),
        ]
    }

    /// A part, or what stands for one that is no plan.
    private struct Child {
        var type = ""
        var plan: QueryPlan?
        var children: [QueryPlan] = []

        func members(nanoseconds: Int, documents: Int) -> JSONMembers {
            if let plan { return plan.profile(nanoseconds: nanoseconds, documents: documents) }
            var members = QueryPlan.profile(type, "", nanoseconds: nanoseconds, documents: documents)
            if children.isEmpty { return members }
            members["children"] = .array(children.map { .object($0.profile(nanoseconds: 1, documents: documents)) })
            return members
        }
    }

    private var profiledChildren: [Child] {
        switch self {
        case .bool(let bool): (bool.must + bool.filter + bool.should + bool.mustNot).map { Child(plan: $0) }
        case .disMax(let plans, _): plans.map { Child(plan: $0) }
        case .boosting(let plan, _, _), .constantScore(let plan): [Child(plan: plan)]
        case .functionScore(let plan): [Child(plan: plan.query)]
        case .scriptScore(let plan): [Child(plan: plan.query)]
        case .nested(let plan): [Child(plan: plan.query)]
        case .boosted(let plan, _), .named(let plan, _): plan.profiledChildren
        case .ranked(let plan) where plan.others.isEmpty: []
        case .ranked(let plan): [Child(type: "TopQuery"), Child(type: "BooleanQuery", children: plan.others)]
        default: []
        }
    }

    private var luceneType: String {
        switch self {
        case .matchNone: "MatchNoDocsQuery"
        case .matchAll: "MatchAllDocsQuery"
        case .term(_, .term(_), _), .termIgnoringCase: "TermQuery"
        case .term, .range(_, .longs(_)), .range(_, .doubles(_)): "IndexOrDocValuesQuery"
        case .range: "TermRangeQuery"
        case .matchingTerms: "MultiTermQueryConstantScoreBlendedWrapper"
        case .fuzzy: "FuzzyQuery"
        case .phrase: "PhraseQuery"
        case .phrasePrefix: "MultiPhrasePrefixQuery"
        case .terms, .ids: "TermInSetQuery"
        case .geoBox, .geoCircle: "IndexOrDocValuesQuery"
        case .exists: "FieldExistsQuery"
        case .bool, .termsSet: "BooleanQuery"
        case .disMax: "DisjunctionMaxQuery"
        case .boosting, .functionScore: "FunctionScoreQuery"
        case .constantScore: "ConstantScoreQuery"
        case .knn: "KnnScoreDocQuery"
        case .scriptScore: "ScriptScoreQuery"
        case .nested: "ESToParentBlockJoinQuery"
        case .special: "FeatureQuery"
        case .text: "SpanQuery"
        case .ranked(let plan): plan.others.isEmpty ? "TopQuery" : "RankDocsQuery"
        case .slice(let slice): slice.basis.queryName
        case .script: "ScriptQuery"
        case .join: "GlobalOrdinalsQuery"
        case .boosted(let plan, _): plan.isBoostQuery ? "BoostQuery" : plan.luceneType
        case .named(let plan, _): plan.luceneType
        }
    }

    private var isBoostQuery: Bool {
        switch self {
        case .term, .phrase, .matchAll, .range: true
        default: false
        }
    }
}
