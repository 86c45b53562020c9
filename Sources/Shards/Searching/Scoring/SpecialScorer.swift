internal import FieldIndex
internal import Glibc
internal import Mapping
internal import Ordinals
internal import Query

/// Finds and scores documents by features, nearness and spans.
struct SpecialScorer {
    let fields: FieldIndexView

    func matches(_ plan: SpecialPlan, among accepted: OrdinalSet) -> Matches {
        switch plan {
        case .spans(let field, let spans):
            return Matches(
                fields.documents(withTermsOf: field) { spans.matches($0) }.intersection(accepted), score: 1)
        case .rank(let plan): return matches(plan, among: accepted)
        case .sparse(let plan): return matches(plan, among: accepted)
        case .nearness(let plan): return matches(plan, among: accepted)
        }
    }

    // MARK: Features

    private func matches(_ plan: RankFeaturePlan, among accepted: OrdinalSet) -> Matches {
        let score: (UInt32) -> Float
        switch plan.function {
        case .linear: score = { FeatureWeight.decode($0) }
        case .log(let factor): score = { Float(logf(factor + FeatureWeight.decode($0))) }
        case .saturation(let given):
            guard let mean = fields.meanWeight(of: plan.feature, in: plan.field) else { return .none }
            let pivot = given ?? FeatureWeight.decode(UInt32(mean))
            score = { 1 - pivot / (FeatureWeight.decode($0) + pivot) }
        case .sigmoid(let pivot, let exponent):
            let (pivot, exponent) = (Double(pivot), Double(exponent))
            let half = pow(pivot, exponent)
            score = { Float(1 - half / (pow(Double(FeatureWeight.decode($0)), exponent) + half)) }
        }
        return Matches(fields.score(features: [(plan.feature, score)], of: plan.field, among: accepted))
    }

    private func matches(_ plan: SparseVectorPlan, among accepted: OrdinalSet) -> Matches {
        let tokens = plan.pruning.map { kept(plan.tokens, plan.field, $0) } ?? plan.tokens
        return Matches(
            fields.score(
                features: tokens.map { token in (token.name, { token.weight * FeatureWeight.decode($0) }) }, of: plan.field,
                among: accepted))
    }

    /// Tokens that few documents have, or that weigh much.
    ///
    /// Source: https://www.elastic.co/docs/reference/query-languages/query-dsl/query-dsl-sparse-vector-query
    private func kept(
        _ tokens: [SparseVectorQuery.Token], _ field: String, _ pruning: SparseVectorQuery.Pruning
    ) -> [SparseVectorQuery.Token] {
        let documents = Float(fields.documentCount(having: field)), terms = Float(fields.termCount(of: field))
        guard documents > 0, terms > 0, let greatest = tokens.map(\.weight).max() else { return tokens }
        let mean = Float(fields.postingCount(of: field)) / documents / terms
        return tokens.filter { token in
            let share = Float(fields.documentFrequency(of: token.name, in: field)) / documents
            let isKept = share > 0 && (share < pruning.frequencyRatio * mean || token.weight > pruning.weightRatio * greatest)
            return isKept != pruning.keepsPruned
        }
    }

    // MARK: Nearness

    private func matches(_ plan: NearnessPlan, among accepted: OrdinalSet) -> Matches {
        var ordinals: [UInt32] = []
        var scores: [Float] = []
        func add(_ ordinal: UInt32, distance: Double) {
            let score = Float(plan.pivot / (plan.pivot + distance))
            if ordinals.last == ordinal {
                // The nearest of several values counts.
                scores[scores.count - 1] = max(scores[scores.count - 1], score)
            } else {
                ordinals.append(ordinal)
                scores.append(score)
            }
        }
        switch plan.origin {
        case .number(let origin):
            for column in fields.numbers(plan.field) where !column.isFloatingPoint {
                column.forEachBlock(of: accepted) { block, values in
                    for (ordinal, value) in zip(block, values) { add(ordinal, distance: Double(value.distance(from: origin))) }
                }
            }
        case .point(let latitude, let longitude):
            for column in fields.points(plan.field) {
                column.forEachBlock(of: accepted) { block, values in
                    for (ordinal, value) in zip(block, values) {
                        let point = EncodedPoint(bits: value)
                        add(ordinal, distance: GeoCircle.distance(latitude, longitude, point.latitude, point.longitude))
                    }
                }
            }
        }
        return Matches(OrdinalSet(ordinals), scores: .each(scores))
    }
}

extension Int64 {
    /// How far two moments are from each other; no difference overflows it.
    fileprivate func distance(from other: Int64) -> UInt64 {
        self > other ? UInt64(bitPattern: self &- other) : UInt64(bitPattern: other &- self)
    }
}
