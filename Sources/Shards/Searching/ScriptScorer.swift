internal import Glibc
internal import Query
internal import VectorIndex
internal import VectorKernels

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
        let raw: [Float]
        do throws(VectorIndexError) {
            if plan.script.isComputed(by: field.index.configuration.metric) {
                raw = try indexed(Array(ordinals), field.index)
            } else {
                raw = try computed(Array(ordinals), field.index)
            }
        } catch {
            throw .vectors(field: plan.field, error)
        }
        let matches = Matches(ordinals, scores: .each(raw.map(plan.script.score(raw:))))
        return plan.minimumScore.map { matches.scoring(atLeast: $0) } ?? matches
    }

    /// The index compares as the script does.
    private func indexed(_ ordinals: [UInt32], _ index: VectorIndex) throws(VectorIndexError) -> [Float] {
        let hits = try index.score(plan.vector, ordinals: ordinals)
        var raw: [Float] = []
        raw.reserveCapacity(hits.count)
        for (hit, ordinal) in zip(hits, ordinals) {
            guard let hit else { throw .missingVector(ordinal: ordinal) }
            raw.append(hit.raw)
        }
        return raw
    }

    /// The index compares in another way: vectors are read one by one.
    private func computed(_ ordinals: [UInt32], _ index: VectorIndex) throws(VectorIndexError) -> [Float] {
        guard plan.vector.count == index.configuration.dimensions else {
            throw .dimensionMismatch(expected: index.configuration.dimensions, actual: plan.vector.count)
        }
        let kernels = VectorKernels.best
        let magnitude = kernels.magnitude(plan.vector)
        var raw: [Float] = []
        raw.reserveCapacity(ordinals.count)
        for ordinal in ordinals {
            guard let vector = try index.vector(at: ordinal) else { throw .missingVector(ordinal: ordinal) }
            switch plan.script {
            case .cosineSimilarityPlusOne:
                let product = magnitude * kernels.magnitude(vector)
                guard product > 0 else { throw .zeroMagnitude }
                raw.append(kernels.dot(plan.vector, vector) / product)
            case .inverseL2Norm: raw.append(kernels.squaredL2(plan.vector, vector).squareRoot())
            case .sigmoidDotProduct: raw.append(kernels.dot(plan.vector, vector))
            }
        }
        return raw
    }
}

extension ScriptScoreQuery.Script {
    /// Whether an index of this metric computes the script's function.
    fileprivate func isComputed(by metric: Metric) -> Bool {
        switch (self, metric) {
        case (.cosineSimilarityPlusOne, .cosine), (.inverseL2Norm, .euclidean),
            (.sigmoidDotProduct, .maximumInnerProduct):
            true
        default: false
        }
    }

    /// The script's arithmetic around its function.
    fileprivate func score(raw: Float) -> Float {
        switch self {
        case .cosineSimilarityPlusOne: raw + 1
        case .inverseL2Norm: 1 / (1 + raw)
        case .sigmoidDotProduct: 1 / (1 + exp(-raw))
        }
    }
}
