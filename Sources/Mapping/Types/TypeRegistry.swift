internal import JSON

/// The field types that stand in files of their own, by name: their parameters, and how they are made of them.
enum TypeRegistry {
    struct Entry: Sendable {
        var parameters: [MappingParameter]
        /// Adds what a mapping always shows, and takes out what says nothing.
        var complete: @Sendable (_ values: inout [String: JSONValue]) -> Void = { _ in }
        /// Of canonical parameters; `field` is for errors.
        var make: @Sendable (_ values: [String: JSONValue], _ field: String) throws(MappingError) -> any TypeDefinition
    }

    static let entries: [String: Entry] = {
        var entries: [String: Entry] = [
            "alias": AliasType.entry, "binary": BinaryType.entry, "completion": CompletionType.entry,
            "constant_keyword": ConstantKeywordType.entry,
            "date_nanos": DateNanosType.entry, "flattened": FlattenedType.entry, "join": JoinType.entry, "ip": IPType.entry,
            "match_only_text": MatchOnlyTextType.entry, "rank_feature": RankFeatureType.entry,
            "rank_features": RankFeaturesType.entry, "search_as_you_type": SearchAsYouTypeType.entry,
            "sparse_vector": SparseVectorType.entry, "token_count": TokenCountType.entry, "version": VersionType.entry,
            "wildcard": WildcardType.entry, "semantic_text": SemanticType.entry(.text), "semantic": SemanticType.entry(.any),
        ]
        for kind in RangeType.Kind.allCases { entries[kind.rawValue] = RangeType.entry(kind) }
        return entries
    }()
}
