/// Terms that are more frequent in what matches than they are elsewhere.
public struct SignificantTermsAggregation: Equatable, Sendable {
    /// How significance is measured.
    public enum Heuristic: Equatable, Hashable, Sendable {
        /// Absolute times relative change.
        case jlh
        case chiSquare(includesNegatives: Bool, backgroundIsSuperset: Bool)
        case mutualInformation(includesNegatives: Bool, backgroundIsSuperset: Bool)
        /// Normalized Google distance.
        case googleDistance(backgroundIsSuperset: Bool)
        case percentage
    }

    public var field: String
    /// Whether texts' terms are looked at: `significant_text`.
    public var isOfTexts: Bool
    public var size = 10
    public var shardSize: Int?
    public var minimumCount = 3
    public var heuristic = Heuristic.jlh
    /// What is compared with; nil: all documents.
    public var background: Query?
    public var include: TermsAggregation.Selection?
    public var exclude: TermsAggregation.Selection?
    public var format: String?
    /// Whether texts that stand elsewhere too count once.
    public var skipsDuplicates = false
    /// The fields of sources that the text is read of; nil: the field itself.
    public var sourceFields: [String]?

    public init(field: String, isOfTexts: Bool = false) {
        self.field = field
        self.isOfTexts = isOfTexts
    }
}
