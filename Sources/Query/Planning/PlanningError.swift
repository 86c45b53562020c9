public import FieldIndex
public import Mapping
public import Scripts

/// Why a query cannot be run against a mapping. Each case notes Elasticsearch's reason for it.
public enum PlanningError: Error, Equatable, Sendable {
    /// `[knn] queries are only supported on [dense_vector] fields`
    case notAVectorField(field: String, type: String)
    /// `to perform knn search on field [f], its mapping must have [index] set to [true]`
    case vectorFieldNotIndexed(field: String)
    /// `The query vector has a different number of dimensions [2] than the document vectors [3].`
    case dimensionMismatch(field: String, actual: Int, expected: Int, isScript: Bool)
    /// A query vector that the field's similarity cannot compare: zero, not of unit length, not finite.
    case unusableVector(field: String, problem: DocumentParsingError.VectorProblem, similarity: VectorSimilarity)
    /// `[k] must be greater than 0`
    case neighboursNotPositive(Int)
    /// `[num_candidates] cannot be less than [k]`
    case candidatesBelowNeighbours(candidates: Int, k: Int)
    /// `[num_candidates] cannot exceed [10000]`
    case tooManyCandidates(Int)
    /// A vector builder that nothing has turned into a vector.
    case vectorNotBuilt(field: String)
    /// `failed to parse field [query_vector]: [query_vector] must be a valid base64 or hex string`
    case vectorNotEncoded(field: String)
    /// `cosineSimilarity is not supported for bit vectors`, of a script
    case cosineOfBits(field: String)
    /// `hamming` is of bytes and bits only
    case hammingOfFloats(field: String)
    /// A script that cannot be compiled, or lacks a parameter.
    case script(ScriptError)
    /// The same of a script field, a sort, an aggregation or a runtime field.
    case computedScript(ScriptError)
    /// `unable to find script [id] in cluster state`
    case storedScriptMissing(String)
    /// `Cyclic dependency detected while resolving runtime fields: a -> b -> a`
    case cyclicRuntimeFields([String])
    /// `failed to find minimum_should_match field [f]`
    case unknownTermsSetField(String)
    /// A `minimum_should_match_field` that does not hold whole numbers.
    case termsSetFieldNotSupported(field: String, type: String)
    /// `No field found for [f] in mapping`, of a script
    case scriptFieldNotMapped(String)
    /// `failed to create query: …`, a query_shard_exception: a value that is not of its field's type
    case malformedValue(field: String, type: String, cause: ValueError)
    /// `Cannot search on field [f] since it is not indexed nor has doc values.`
    case fieldNotSearchable(String)
    /// `Geometry fields do not support exact searching, use dedicated geospatial queries instead: [f]`, or for vectors
    /// `Field [f] of type [dense_vector] doesn't support term queries`
    case termNotSupported(field: String, type: String)
    /// `Field [f] of type [t] does not support range queries`
    case rangeNotSupported(field: String, type: String)
    /// `The number of terms [n] used in the Terms Query request has exceeded the allowed maximum of [m]. …`
    case tooManyTerms(count: Int, limit: Int)
    /// `The length of regex [n] used in the Regexp Query request has exceeded the allowed maximum of [m]. …`
    case regexpTooLong(length: Int, limit: Int)
    /// `[x] queries cannot be executed when 'search.allow_expensive_queries' is set to false.`
    case expensiveQuery(String, hint: String)
    /// `queries cannot be executed against runtime fields while [search.allow_expensive_queries] is set to [false].`
    case expensiveRuntimeField
    /// `error fetching [f]: Cannot fetch values for internal field [f].`
    case internalFieldFetched(String)
    /// `error fetching [f]: Field [f] of type [t] doesn't support formats.`
    case formatNotSupported(field: String, type: String)
    /// `field f not found`, of a slice
    case sliceFieldNotMapped(String)
    /// `cannot load numeric doc values on f`
    case sliceFieldNotNumeric(String)
    /// `Field [f] is not mapped on [i] and cannot be used as a source of random numbers.`
    case randomFieldNotMapped(String, index: String)
    /// `Unable to retrieve the requested [fields] since _source is disabled in the mappings for index [i]`
    case fieldsWithoutSource(index: String)
    /// `Fielddata access on the _id field is disallowed, …`
    case idHasNoColumn
    /// `No mapping found for [f] in order to sort on`
    case sortFieldNotMapped(String)
    /// A field whose values have no order, or that keeps none to sort by.
    case fieldSortNotSupported(field: String, type: String)
    /// `No mapper found for type [x]`
    case unknownUnmappedType(String)
    /// `Unknown SortMode [x]`
    case unknownSortMode(String)
    /// `we only support AVG, MEDIAN and SUM on number based fields`
    case sortModeNotSupported
    /// `invalid value for [numeric_type], must be [long, double, date, date_nanos], got x`
    case unknownNumericType(String)
    /// `[numeric_type] option cannot be set on a non-numeric field, got keyword`
    case numericTypeNotSupported(type: String)
    /// `Failed to parse search_after value for field [f].`
    case malformedSearchAfter(field: String, value: String, format: String? = nil)
    /// `Invalid format: [x]`
    case invalidDateFormat(String)
    /// `Unknown time-zone ID: x`; only UTC and ISO 8601 offsets are known
    case unknownTimeZone(String)
    /// `Can only use phrase prefix queries on text fields - not on [f] which is of type [t]`
    case phraseNotSupported(field: String, type: String)
    /// `Can only use fuzzy queries on keyword and text fields - not on [f] which is of type [t]`
    case fuzzyNotSupported(field: String, type: String)
    /// `Can only use prefix queries on keyword, text and wildcard fields - not on [f] which is of type [t]`
    case patternNotSupported(field: String, type: String, query: String)
    /// A regular expression that cannot be read, or takes too much work.
    case malformedPattern(field: String, TermPatternError)
    /// `Unknown regexp flag [x]`
    case unknownRegexpFlag(String)
    /// `Failed to parse query [x]`
    case malformedQueryString(String, position: Int, reason: String)
    /// `field expansion matches too many fields, got: n, limit: m`
    case tooManyFields(Int, limit: Int)
    /// Ways that synonyms of several words can be read in.
    case tooManyWays(limit: Int)
    /// `[match] analyzer [x] not found`
    case unknownAnalyzer(String)
    /// `[rank_feature] query only works on [rank_feature] fields and features of [rank_features] fields, not [t]`
    case notAFeature(type: String)
    /// `Field [f] of type [t] does not support semantic queries`
    case semanticNotSupported(field: String, type: String)
    /// `Cannot use the [log] function with a field that has a negative score impact as it would trigger negative scores`
    case logOfNegativeFeature
    /// `field [f] must be type [sparse_vector] or [rank_features] but is type [t]`
    case notASparseVector(field: String, type: String)
    /// `Illegal data type of [t]! [distance_feature] query can only be run on a date, date_nanos or geo_point field type!`
    case distanceNotSupported(type: String)
    /// `failed to find geo field [f]`
    case geoFieldNotMapped(String)
    /// `field [f] is of unsupported type [t] for [geo_distance] query`
    case geoNotSupported(field: String, type: String)
    /// `Unable to find a field mapper for field [f]. No 'missing' value defined.`
    case functionFieldNotMapped(String)
    /// `unknown field [f]`, of a decay function
    case unknownDecayField(String)
    /// `field [f] is of type [t], but only numeric types are supported.`
    case functionNotSupported(field: String, type: String)
    /// A decay function's parameter that is not of its field's kind.
    case malformedDecay(field: String, parameter: String)
    /// `Text fields are not optimised for operations that require per-document field data like aggregations and sorting, …`
    case textNotAggregatable(String)
    /// `Field [f] of type [t] is not supported for aggregation [a]`
    case aggregationNotSupported(field: String, type: String, aggregation: String)
    /// `Expected date range type but found range type [t]`
    case spansNotDates(type: String)
    /// `Expected numeric range type but found non-numeric range [t]`
    case spansNotNumeric(type: String)
    /// `more_like_this only supports text/keyword fields: [f]`
    case moreLikeNotSupported(field: String)
    /// `Invalid format: [x]`, of numbers
    case invalidNumberFormat(String)
    /// Regular expressions choose among texts only.
    case patternOfNumbers
    /// `error building sort for field [f] of type [t] …: only supported on numeric fields`
    case topMetricsSortNotSupported(field: String, type: String)
    /// `[has_child] no join field has been configured`
    case joinNotMapped(query: String)
    /// `[has_child] join field [f] doesn't hold [t] as a child`
    case notInJoin(query: String, field: String, type: String, isChild: Bool)
    /// `[nested] failed to find nested object under path [p]`
    case nestedPathNotMapped(String)
    /// `[nested] nested object under path [p] is not of nested type`
    case pathNotNested(String)
    /// `[inner_hits] already contains an entry for key [n]`
    case duplicateInnerHits(String)
    /// `Inner result window is too large, the inner hit definition's [n]'s from + size must be less than or equal to: [100] but
    /// was [n]. …`
    case innerResultWindowTooLarge(name: String, requested: Int, limit: Int)
    /// `Reverse nested aggregation [a] can only be used inside a [nested] aggregation`
    case reverseNestedOutside(String)
    /// `no mapping found for `f` in order to collapse on`
    case collapseFieldNotMapped(String)
    /// `collapse is not supported for the field [f] of the type [t]`
    case collapseNotSupported(field: String, type: String)
    /// `cannot collapse on field `f` without `doc_values``
    case collapseWithoutColumn(String)
    /// A suggestion that cannot be made.
    case suggest(SuggestProblem)
    /// A field that cannot be highlighted as asked.
    case highlight(HighlightProblem)
    /// `Missing value for [after.name]`, of a composite aggregation's `after`
    case compositeAfterLacks(String)
}
