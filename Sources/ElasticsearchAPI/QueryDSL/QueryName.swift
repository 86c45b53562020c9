/// The queries that are understood, by their names in the DSL.
enum QueryName: String, CaseIterable {
    case matchAll = "match_all"
    case matchNone = "match_none"
    case term
    case terms
    case range
    case exists
    case ids
    case bool
    case constantScore = "constant_score"
    case match
    case matchPhrase = "match_phrase"
    case matchPhrasePrefix = "match_phrase_prefix"
    case matchBoolPrefix = "match_bool_prefix"
    case multiMatch = "multi_match"
    case combinedFields = "combined_fields"
    case queryString = "query_string"
    case simpleQueryString = "simple_query_string"
    case prefix
    case wildcard
    case regexp
    case fuzzy
    case geoDistance = "geo_distance"
    case geoBoundingBox = "geo_bounding_box"
    case disMax = "dis_max"
    case boosting
    case functionScore = "function_score"
    case wrapper
    case knn
    case scriptScore = "script_score"
    case nested
    case rankFeature = "rank_feature"
    case distanceFeature = "distance_feature"
    case sparseVector = "sparse_vector"
    case weightedTokens = "weighted_tokens"
    case textExpansion = "text_expansion"
    case moreLikeThis = "more_like_this"
    case intervals
    case spanTerm = "span_term"
    case spanNear = "span_near"
    case spanOr = "span_or"
    case spanNot = "span_not"
    case spanFirst = "span_first"
    case spanMulti = "span_multi"
    case spanContaining = "span_containing"
    case spanWithin = "span_within"
    case spanFieldMasking = "span_field_masking"
    case script
    case termsSet = "terms_set"
    case pinned
    case hasChild = "has_child"
    case hasParent = "has_parent"
    case parentID = "parent_id"
    case semantic
}
