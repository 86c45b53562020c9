/// How a field's matches are scored: the model, and its parameters.
///
/// Sources: Lucene's `org.apache.lucene.search.similarities`; Elasticsearch's `SimilarityProviders` for the names.
public enum Similarity: Hashable, Sendable {
    case bm25(k1: Float, b: Float)
    /// Every match scores its boost.
    case boolean
    /// A language model smoothed by a Dirichlet prior.
    case dirichlet(mu: Float)
    /// A language model, a mixture with the collection's.
    case jelinekMercer(lambda: Float)
    case divergenceFromIndependence(Independence)
    case divergenceFromRandomness(BasicModel, AfterEffect, LengthNormalization)
    case information(Distribution, Expectation, LengthNormalization)
    case scripted(ScriptedSimilarity)

    public static let standard = Similarity.bm25(k1: BM25.k1, b: BM25.b)

    /// How far a frequency is from what chance would give. Raw values are Elasticsearch's names, here and below.
    public enum Independence: String, Hashable, Sendable, CaseIterable {
        case standardized, saturated
        case chiSquared = "chisquared"
    }

    /// How much a frequency would tell if words came by chance.
    public enum BasicModel: String, Hashable, Sendable, CaseIterable {
        case geometric = "g"
        case inverseTermFrequency = "if"
        case inverseDocumentFrequency = "in"
        case expectedDocumentFrequency = "ine"
    }

    /// How much less each further occurrence tells.
    public enum AfterEffect: String, Hashable, Sendable, CaseIterable {
        case bernoulli = "b"
        case laplace = "l"
    }

    /// How frequencies are distributed.
    public enum Distribution: String, Hashable, Sendable, CaseIterable {
        case logLogistic = "ll"
        case smoothedPowerLaw = "spl"
    }

    /// What frequency is to be expected: by documents that have the term, or by its occurrences.
    public enum Expectation: String, Hashable, Sendable, CaseIterable {
        case documentFrequency = "df"
        case termFrequency = "ttf"
    }

    /// How a frequency is brought to a document of average length.
    public enum LengthNormalization: Hashable, Sendable {
        case none
        case uniform(c: Float)
        case logarithmic(c: Float)
        case dirichlet(mu: Float)
        case pareto(z: Float)
    }
}
