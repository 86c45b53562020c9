public import Query
internal import Scripts
internal import VectorIndex

extension ShardView {
    /// About how much work a plan is here: the bytes that could be read from memory in the same time.
    ///
    /// An upper bound where the values of a field decide. A sum of floating-point numbers: no list of clauses overflows it.
    ///
    /// - Complexity: O(clauses).
    public func cost(of plan: SearchPlan) -> Double {
        plan.knn.reduce(plan.query.map { cost(of: $0) } ?? 0) { $0 + ($1.map { cost(of: $0.plan) } ?? 0) }
    }

    /// A statement that finds nothing.
    private static let statementCost = 65_536.0
    /// One row of a statement.
    private static let rowCost = 1024.0
    /// A document's score, found and added to others.
    private static let scoreCost = 32.0
    /// Vectors that a walk of the graph compares for each candidate it keeps.
    private static let visitsPerCandidate = 16
    /// One of these comparisons: a code from anywhere in memory, which is read at a third of the speed of what is in order.
    private static let visitCost = 650.0

    /// A set of ordinals.
    private var setCost: Double { Double(postings.limit) / 8 }

    private func cost(of plan: QueryPlan) -> Double {
        switch plan {
        case .matchNone: 0
        case .matchAll: setCost
        case .term(let field, _, _), .termIgnoringCase(let field, _), .range(let field, _): scan(of: field)
        case .terms(let field, let values): scan(of: field) + Double(values.count) * (Self.statementCost + setCost)
        case .exists(let fields): fields.reduce(0) { $0 + (vectorOrdinals[$1] == nil ? scan(of: $1) : setCost) }
        case .ids(let ids): Self.statementCost + setCost + Double(ids.count) * Self.rowCost
        case .bool(let bool): cost(of: bool)
        case .constantScore(let inner): cost(of: inner)
        case .boosted(let inner, _): cost(of: inner) + Double(documentCount) * Self.scoreCost
        case .knn(let knn): cost(of: knn)
        case .scriptScore(let script): cost(of: script)
        // Named plans run once more, among the winners.
        case .named(let inner, _): 2 * cost(of: inner)
        }
    }

    /// One statement that reads a field's rows.
    private func scan(of field: String) -> Double {
        Self.statementCost + setCost + Double(fieldDocuments[field] ?? 0) * Self.rowCost
    }

    private func cost(of bool: BoolPlan) -> Double {
        let scoring = bool.must.count + bool.should.count
        let clauses = bool.must + bool.filter + bool.should + bool.mustNot
        // A minimum above 1 keeps as many sets, and updates each with every clause.
        let sets = Double(clauses.count) + Double(bool.minimumShouldMatch) * Double(bool.should.count)
        return clauses.reduce(sets * setCost + Double(scoring * documentCount) * Self.scoreCost) { $0 + cost(of: $1) }
    }

    private func cost(of knn: KNNPlan) -> Double {
        let filter = knn.filter.map { cost(of: $0) } ?? 0
        let hasGraph = vectorFields[knn.field]?.index.configuration.hasGraph ?? false
        let walk = knn.candidates * Self.visitsPerCandidate
        // A filter may be so narrow that the walk ends in a scan.
        guard hasGraph, knn.filter == nil, walk < documentCount else {
            return filter + 2 * setCost + comparisons(documentCount, knn.field)
        }
        let codeBytes = vectorFields[knn.field]?.index.configuration.componentCount ?? 0
        return filter + 2 * setCost + Double(walk) * (Self.visitCost + 3 * Double(codeBytes))
    }

    private func cost(of script: ScriptScorePlan) -> Double {
        let count = mostDocuments(of: script.query)
        // One by one, each document's row is read.
        let rows = script.script.isColumnar ? 0 : Double(count) * Self.rowCost
        return script.calls.reduce(cost(of: script.query) + rows + Double(count) * Self.scoreCost) {
            $0 + comparisons(count, $1.field)
        }
    }

    private func comparisons(_ count: Int, _ field: String) -> Double {
        Double(count) * (Double(vectorFields[field]?.index.statistics.rawBytesPerVector ?? 0) + Self.scoreCost)
    }

    private func mostDocuments(of plan: QueryPlan) -> Int {
        switch plan {
        case .matchNone: 0
        case .ids(let ids): min(ids.count, documentCount)
        case .knn(let knn): min(knn.k, documentCount)
        case .constantScore(let inner), .boosted(let inner, _), .named(let inner, _): mostDocuments(of: inner)
        case .matchAll, .term, .termIgnoringCase, .terms, .range, .exists, .bool, .scriptScore: documentCount
        }
    }
}
