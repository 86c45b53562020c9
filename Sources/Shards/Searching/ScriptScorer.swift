internal import Glibc
internal import Ordinals
internal import Query
internal import VectorIndex

/// Scores documents by a vector function, exactly.
struct ScriptScorer {
    let view: ShardView
    let plan: ScriptScorePlan

    /// - Throws: `ShardError.documentWithoutVector` if one of the documents has no vector.
    func score(_ ordinals: OrdinalSet) throws(ShardError) -> Matches {
        if ordinals.isEmpty { return .none }
        guard let field = view.vectorFields[plan.field], let vectors = view.vectorOrdinals[plan.field],
            ordinals.isSubset(of: vectors)
        else { throw .documentWithoutVector(field: plan.field) }
        var scores: [Float]
        do {
            scores = try field.index.values(plan.script.function, plan.vector, of: ordinals)
        } catch {
            throw .vectors(field: plan.field, error)
        }
        plan.script.score(&scores)
        let matches = Matches(ordinals, scores: .each(scores))
        return plan.minimumScore.map { matches.scoring(atLeast: $0) } ?? matches
    }
}

extension ScriptScoreQuery.Script {
    fileprivate var function: VectorFunction {
        switch self {
        case .cosineSimilarityPlusOne: .cosine
        case .inverseL2Norm: .euclideanDistance
        case .sigmoidDotProduct: .dotProduct
        }
    }

    /// The script's arithmetic around its function, in place.
    fileprivate func score(_ values: inout [Float]) {
        switch self {
        case .cosineSimilarityPlusOne: for index in values.indices { values[index] += 1 }
        case .inverseL2Norm: for index in values.indices { values[index] = 1 / (1 + values[index]) }
        case .sigmoidDotProduct: for index in values.indices { values[index] = 1 / (1 + exp(-values[index])) }
        }
    }
}
