internal import Glibc

/// Scores by the models that need more than a weight and a length: one formula a term, in Lucene's arithmetic.
///
/// Sources: Zhai and Lafferty, "A Study of Smoothing Methods for Language Models" (2001); Amati and van Rijsbergen,
/// "Probabilistic Models of Information Retrieval Based on Measuring the Divergence from Randomness" (2002); Clinchant and
/// Gaussier, "Information-Based Models for Ad Hoc IR" (2010); Kocabaş, Dinçer and Karaoğlan, "A Nonparametric Term
/// Weighting Method for Information Retrieval Based on Measuring the Divergence from Independence" (2014).
struct ModelScorer: Sendable {
    /// What a model knows of a term.
    struct Term: Sendable {
        /// Documents that have it, and how often it stands in them.
        var documents: Double
        var occurrences: Double
    }

    let similarity: Similarity
    let boost: Double
    let statistics: FieldStatistics
    /// Several of a phrase: their scores are summed.
    let terms: [Term]

    private var documents: Double { Double(statistics.documents) }
    private var tokens: Double { Double(statistics.totalFrequency) }

    func score(frequency: Float, lengthCode: UInt8) -> Float {
        let length = Double(LengthCode.decode(lengthCode))
        return Float(terms.reduce(0) { $0 + boost * value(Double(frequency), length, $1) })
    }

    private func value(_ frequency: Double, _ length: Double, _ term: Term) -> Double {
        switch similarity {
        case .bm25, .boolean, .scripted: return 1
        case .dirichlet(let mu):
            let collection = (term.occurrences + 1) / (tokens + 1)
            return max(0, log(1 + frequency / (Double(mu) * collection)) + log(Double(mu) / (length + Double(mu))))
        case .jelinekMercer(let lambda):
            let collection = (term.occurrences + 1) / (tokens + 1)
            return log(1 + ((1 - Double(lambda)) * frequency / length) / (Double(lambda) * collection))
        case .divergenceFromIndependence(let measure):
            let expected = (term.occurrences + 1) * length / (tokens + 1)
            if frequency <= expected { return 0 }
            let difference = frequency - expected
            let value =
                switch measure {
                case .standardized: difference / expected.squareRoot()
                case .saturated: difference / expected
                case .chiSquared: difference * difference / expected
                }
            return log2(value + 1)
        case .divergenceFromRandomness(let model, let effect, let normalization):
            let normalized = normalized(frequency, length, term, normalization)
            let aftereffect = effect == .laplace ? 1 : (term.occurrences + 2) / (term.documents + 1)
            return value(model, normalized, term) * aftereffect
        case .information(let distribution, let expectation, let normalization):
            let normalized = normalized(frequency, length, term, normalization)
            let count = expectation == .documentFrequency ? term.documents : term.occurrences
            let lambda = (count + 1) / (documents + 1)
            switch distribution {
            case .logLogistic: return -log(lambda / (normalized + lambda))
            case .smoothedPowerLaw:
                // 1 would divide by nothing.
                let bounded = lambda == 1 ? 0.99 : lambda
                return -log((pow(bounded, normalized / (normalized + 1)) - bounded) / (1 - bounded))
            }
        }
    }

    /// Without what all aftereffects divide by, 1 + the frequency.
    private func value(_ model: Similarity.BasicModel, _ frequency: Double, _ term: Term) -> Double {
        let rest = 1 - 1 / (1 + frequency)
        switch model {
        case .geometric:
            let lambda = (term.occurrences + 1) / (documents + term.occurrences + 1)
            let first = log2(lambda + 1), second = log2((1 + lambda) / lambda)
            return second - (second - first) / (1 + frequency)
        case .inverseTermFrequency: return log2(1 + (documents + 1) / (term.occurrences + 0.5)) * rest
        case .inverseDocumentFrequency: return log2((documents + 1) / (term.documents + 0.5)) * rest
        case .expectedDocumentFrequency:
            let expected = documents * (1 - pow((documents - 1) / documents, term.occurrences))
            return log2((documents + 1) / (expected + 0.5)) * rest
        }
    }

    private func normalized(
        _ frequency: Double, _ length: Double, _ term: Term, _ normalization: Similarity.LengthNormalization
    ) -> Double {
        let average = documents == 0 ? 1 : tokens / documents
        switch normalization {
        case .none: return frequency
        case .uniform(let c): return frequency * Double(c) * (average / length)
        case .logarithmic(let c): return frequency * log2(1 + Double(c) * average / length)
        case .dirichlet(let mu):
            return (frequency + Double(mu) * ((term.occurrences + 1) / (tokens + 1))) / (length + Double(mu)) * Double(mu)
        case .pareto(let z): return frequency * pow(average / length, Double(z))
        }
    }
}
