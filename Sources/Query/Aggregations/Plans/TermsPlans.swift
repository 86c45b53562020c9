public import Mapping
public import FieldIndex
public import Mapping

/// `terms` bound to a mapping.
public struct TermsPlan: Equatable, Sendable {
    public var source: ValuesSource
    public var size: Int
    public var shardSize: Int
    public var minimumCount: Int
    public var order: [BucketOrder]
    public var missing: BucketKey?
    public var include: TermSelection?
    public var exclude: TermSelection?
    public var showsError: Bool
}

/// Which terms are looked at, as the field indexes them; a partition is told by the hash of the term.
public enum TermSelection: Equatable, Sendable {
    case pattern(TermPattern)
    case keys(Set<BucketKey>)
    case partition(Int, of: Int)
}

/// `significant_terms` or `significant_text` bound to a mapping. Terms are compared with those of `background`; nil: of all
/// documents.
public struct SignificantTermsPlan: Equatable, Sendable {
    public var source: ValuesSource
    /// Whether the terms of texts are looked at.
    public var isOfTexts: Bool
    public var size: Int
    public var shardSize: Int
    public var minimumCount: Int
    public var heuristic: SignificantTermsAggregation.Heuristic
    public var background: QueryPlan?
    public var include: TermSelection?
    public var exclude: TermSelection?
    /// Of the nested objects that are looked at; nil: of documents.
    public var path: String?
    /// Nil: what stands twice counts twice.
    public var distinctText: DistinctTextPlan?
}

/// Where texts stand whose repetitions count once.
public struct DistinctTextPlan: Equatable, Sendable {
    /// How they are cut into words.
    public var field: FieldMapping
    /// Their paths in sources.
    public var paths: [String]
}

/// `rare_terms` bound to a mapping: terms of at most `maximumCount` documents, of all shards together.
public struct RareTermsPlan: Equatable, Sendable {
    public var source: ValuesSource
    public var maximumCount: Int
    public var missing: BucketKey?
    public var include: TermSelection?
    public var exclude: TermSelection?
}

/// `multi_terms` bound to a mapping.
public struct MultiTermsPlan: Equatable, Sendable {
    /// One part of the key; a document without a value counts with `missing`, or not at all.
    public struct Term: Equatable, Sendable {
        public var values: ValuesSource
        public var missing: BucketKey?
    }

    public var terms: [Term]
    public var size: Int
    public var shardSize: Int
    public var minimumCount: Int
    public var order: [BucketOrder]
    public var showsError: Bool
}
