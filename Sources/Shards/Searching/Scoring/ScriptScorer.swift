internal import Ordinals
internal import Query
internal import Scripts
internal import VectorIndex

/// Scores documents by a script. What it computes of vectors is computed for all documents at once, and so is the rest if
/// it is no more than arithmetic; otherwise one document comes after the other.
struct ScriptScorer {
    let view: ShardView
    let plan: ScriptScorePlan

    /// - Parameter inner: what the query matches.
    /// - Throws: `ShardError.documentWithoutVector` if one of the documents has no vector that the script needs; `.script`,
    ///   `.negativeScore`.
    func score(_ inner: Matches) throws(ShardError) -> Matches {
        let ordinals = inner.ordinals
        if ordinals.isEmpty { return .none }
        let scores = plan.script.isColumnar ? try scoreTogether(inner) : try scoreOneByOne(inner)
        // All are looked at, many at once; which it is matters only for the error.
        var isInvalid = false
        for score in scores where !(score >= 0) { isInvalid = true }
        if isInvalid, let first = scores.firstIndex(where: { !($0 >= 0) }) {
            throw .negativeScore(scores[first], document: Array(ordinals)[first])
        }
        let matches = Matches(ordinals, scores: .each(scores))
        return plan.minimumScore.map { matches.scoring(atLeast: $0) } ?? matches
    }

    private func scoreTogether(_ inner: Matches) throws(ShardError) -> [Float] {
        let gathering = ColumnGathering(inner.ordinals, view: view, mapping: plan.mapping)
        var vectors: [[Float]] = []
        for call in plan.calls {
            guard let having = view.vectorOrdinals[call.field], inner.ordinals.isSubset(of: having) else {
                // Where it does not ask for the vector of all, it is run for each.
                if !plan.script.columnInputs.isEmpty { return try scoreOneByOne(inner) }
                throw .documentWithoutVector(field: call.field)
            }
            vectors.append(try values(call, of: inner.ordinals))
        }
        let (scores, constant) = inner.columns
        let inputs = ColumnInputs(
            count: gathering.ordinals.count, vectors: vectors, fields: gathering.columns(plan.script.columnInputs), scores: scores,
            constantScore: constant)
        guard let (scored, invalid) = plan.script.score(inputs) else { return [] }
        var result = scored
        if invalid.isEmpty { return result }
        let runner = plan.script.makeRunner()
        let loop = ScriptLoop(view, plan.mapping, plan.script.script)
        try loop.forEach(invalid.map { gathering.ordinals[$0] }) { (document, number) throws(ShardError) in
            let place = invalid[number]
            result[place] = Float(
                try running { () throws(ScriptError) in
                    try runner.score(document, score: scores.isEmpty ? constant : scores[place]) { vectors[$0][place] }
                })
        }
        return result
    }

    private func scoreOneByOne(_ inner: Matches) throws(ShardError) -> [Float] {
        let columns = try plan.calls.map { (call) throws(ShardError) in
            let having = (view.vectorOrdinals[call.field] ?? []).intersection(inner.ordinals)
            return Column(having, having.isEmpty ? [] : try values(call, of: having))
        }
        let ordinals = Array(inner.ordinals), (scores, constant) = inner.columns
        let runner = plan.script.makeRunner()
        var result: [Float] = []
        result.reserveCapacity(ordinals.count)
        try ScriptLoop(view, plan.mapping, plan.script.script).forEach(ordinals) { (document, place) throws(ShardError) in
            result.append(
                Float(
                    try running { () throws(ScriptError) in
                        try runner.score(document, score: scores.isEmpty ? constant : scores[place]) { call in
                            columns[call].value(of: document.ordinal)
                        }
                    }))
        }
        return result
    }

    private func values(_ call: ScriptScorePlan.VectorCall, of ordinals: OrdinalSet) throws(ShardError) -> [Float] {
        guard let field = view.vectorFields[call.field] else { throw .documentWithoutVector(field: call.field) }
        do {
            return try field.index.values(VectorFunction(call.function), call.vector, of: ordinals)
        } catch {
            throw .vectors(field: call.field, error)
        }
    }

    /// Values of some documents; read in ascending order.
    private final class Column {
        private let ordinals: [UInt32]
        private let values: [Float]
        private var next = 0

        init(_ ordinals: OrdinalSet, _ values: [Float]) {
            self.ordinals = Array(ordinals)
            self.values = values
        }

        func value(of ordinal: UInt32) -> Float? {
            while next < ordinals.count, ordinals[next] < ordinal { next += 1 }
            guard next < ordinals.count, ordinals[next] == ordinal, next < values.count else { return nil }
            return values[next]
        }
    }
}

extension VectorFunction {
    fileprivate init(_ function: VectorScriptFunction) {
        self =
            switch function {
            case .cosineSimilarity: .cosine
            case .dotProduct: .dotProduct
            case .l1norm: .manhattanDistance
            case .l2norm: .euclideanDistance
            case .hamming: .hamming
            }
    }
}

extension Matches {
    /// A score for each, or the one that all have.
    fileprivate var columns: (scores: [Float], constant: Float) {
        switch scores {
        case .constant(let score): ([], score)
        case .each(let scores): (scores, 0)
        }
    }
}
