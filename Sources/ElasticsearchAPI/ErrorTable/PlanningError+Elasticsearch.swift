internal import JSON
internal import Mapping
internal import Query

extension ElasticsearchError {
    /// A query that an index cannot run: every shard fails with the same `query_shard_exception`.
    init(_ error: PlanningError, index: String, uuid: String) {
        switch error.kind {
        case .queryCreation:
            let cause = ErrorCause("illegal_argument_exception", error.reason)
            self = .allShardsFailed(
                index: index,
                ErrorCause(
                    "query_shard_exception", "failed to create query: \(error.reason)",
                    extra: ["index_uuid": .string(uuid), "index": .string(index)], causedBy: cause))
        case .value(let cause):
            self = .allShardsFailed(
                index: index,
                ErrorCause(
                    "query_shard_exception", "failed to create query: \(error.reason)",
                    extra: ["index_uuid": .string(uuid), "index": .string(index)], causedBy: cause))
        case .argument: self = .illegalArgument(error.reason)
        case .scriptItself(let cause):
            self = .allShardsFailed(
                index: index,
                ErrorCause(
                    "query_shard_exception", "failed to create query: \(error.reason)",
                    extra: ["index_uuid": .string(uuid), "index": .string(index)], causedBy: cause))
            rootCause = cause
        case .scriptAlone(let cause): self = .allShardsFailed(index: index, cause)
        case .missing:
            self = .allShardsFailed(index: index, ErrorCause("resource_not_found_exception", error.reason))
            status = 404
        case .argumentOfShards:
            self = .allShardsFailed(index: index, ErrorCause("illegal_argument_exception", error.reason))
        case .queryItself:
            self = .allShardsFailed(
                index: index,
                ErrorCause(
                    "query_shard_exception", error.reason, extra: ["index_uuid": .string(uuid), "index": .string(index)]))
        case .script:
            self = .allShardsFailed(
                index: index,
                ErrorCause(
                    "script_exception", "runtime error", extra: ["lang": "painless"],
                    causedBy: ErrorCause("illegal_argument_exception", error.reason)))
        }
    }
}

extension PlanningError {
    fileprivate enum Kind {
        /// Found by a shard while it builds the query.
        case queryCreation
        /// As above, because of a value.
        case value(ErrorCause)
        /// Found by a shard before it searches.
        case argumentOfShards
        /// As above, of what is not there.
        case missing
        /// As above, of the query's own type.
        case queryItself
        /// Found before any shard is asked.
        case argument
        /// Found by a script while it runs.
        case script
        /// Found while a script is compiled.
        case scriptItself(ErrorCause)
        /// The same, not of a query.
        case scriptAlone(ErrorCause)
    }

    fileprivate var kind: Kind {
        switch self {
        case .moreLikeNotSupported, .notAVectorField, .vectorFieldNotIndexed, .unusableVector, .fieldNotSearchable, .termNotSupported,
            .rangeNotSupported, .tooManyTerms, .regexpTooLong, .invalidDateFormat, .unknownTimeZone, .vectorNotEncoded,
            .dimensionMismatch(_, _, _, isScript: false), .phraseNotSupported, .fuzzyNotSupported, .patternNotSupported,
            .malformedPattern, .unknownRegexpFlag, .tooManyFields, .tooManyWays, .unknownAnalyzer, .geoFieldNotMapped, .geoNotSupported,
            .functionFieldNotMapped, .unknownDecayField, .functionNotSupported, .malformedDecay, .notAFeature, .logOfNegativeFeature,
            .notASparseVector, .distanceNotSupported, .joinNotMapped, .notInJoin, .expensiveQuery,
            .expensiveRuntimeField:
            .queryCreation
        case .textNotAggregatable, .aggregationNotSupported, .spansNotDates, .spansNotNumeric, .compositeAfterLacks, .invalidNumberFormat,
            .patternOfNumbers, .topMetricsSortNotSupported, .fieldSortNotSupported, .unknownUnmappedType,
            .numericTypeNotSupported, .malformedSearchAfter, .collapseFieldNotMapped, .collapseNotSupported, .collapseWithoutColumn,
            .highlight, .suggest, .idHasNoColumn, .semanticNotSupported:
            .argumentOfShards
        case .sortFieldNotMapped, .sortModeNotSupported, .unknownTermsSetField: .queryItself
        case .cyclicRuntimeFields, .termsSetFieldNotSupported, .sliceFieldNotMapped, .sliceFieldNotNumeric, .randomFieldNotMapped, .fieldsWithoutSource,
            .internalFieldFetched, .formatNotSupported:
            .argumentOfShards
        case .unknownSortMode, .unknownNumericType: .argument
        case .nestedPathNotMapped, .pathNotNested: .value(ErrorCause("illegal_state_exception", reason))
        case .duplicateInnerHits, .innerResultWindowTooLarge, .reverseNestedOutside: .argumentOfShards
        case .malformedQueryString(let text, let position, let reason):
            .value(ErrorCause("parse_exception", "Cannot parse '\(text)': \(reason) at position \(position)"))
        case .malformedValue(_, _, let cause): .value(cause.cause)
        case .neighboursNotPositive, .candidatesBelowNeighbours, .tooManyCandidates, .vectorNotBuilt: .argument
        case .storedScriptMissing: .missing
        case .scriptFieldNotMapped, .cosineOfBits, .hammingOfFloats, .dimensionMismatch(_, _, _, isScript: true): .script
        case .script(let error): .scriptItself(error.cause)
        case .computedScript(let error): .scriptAlone(error.cause)
        }
    }

    /// Elasticsearch's words.
    fileprivate var reason: String {
        switch self {
        case .notAVectorField: "[knn] queries are only supported on [dense_vector] fields"
        case .vectorFieldNotIndexed(let field):
            "to perform knn search on field [\(field)], its mapping must have [index] set to [true]"
        case .dimensionMismatch(_, let actual, let expected, _):
            "The query vector has a different number of dimensions [\(actual)] than the document vectors [\(expected)]."
        case .vectorNotEncoded: "failed to parse field [query_vector]: [query_vector] must be a valid base64 or hex string"
        case .cosineOfBits: "cosineSimilarity is not supported for bit vectors"
        case .hammingOfFloats: "hamming distance is only supported for byte or bit vectors"
        case .script(let error), .computedScript(let error): error.cause.reason ?? ""
        case .storedScriptMissing(let id): "unable to find script [\(id)] in cluster state"
        case .cyclicRuntimeFields(let names):
            "Cyclic dependency detected while resolving runtime fields: \(names.joined(separator: " -> "))"
        case .unknownTermsSetField(let field): "failed to find minimum_should_match field [\(field)]"
        case .termsSetFieldNotSupported(let field, let type):
            "minimum_should_match field [\(field)] of type [\(type)] does not hold whole numbers"
        case .unusableVector(let field, let problem, _): problem.reason(field: field, document: nil)
        case .neighboursNotPositive: "[k] must be greater than 0"
        case .candidatesBelowNeighbours: "[num_candidates] cannot be less than [k]"
        case .tooManyCandidates: "[num_candidates] cannot exceed [\(KNNQuery.maximumCandidates)]"
        case .vectorNotBuilt: "[knn] with name [text_embedding] returned null query_vector"
        case .scriptFieldNotMapped(let field): "No field found for [\(field)] in mapping"
        case .malformedValue(_, _, let cause): cause.reason
        case .fieldNotSearchable(let field): "Cannot search on field [\(field)] since it is not indexed nor has doc values."
        case .termNotSupported(let field, "geo_point"):
            "Geometry fields do not support exact searching, use dedicated geospatial queries instead: [\(field)]"
        case .termNotSupported(_, "binary"): "Binary fields do not support searching"
        case .termNotSupported(_, let type) where ["rank_feature", "rank_features", "sparse_vector"].contains(type):
            "Queries on [\(type)] fields are not supported"
        case .notAFeature(let type):
            "[rank_feature] query only works on [rank_feature] fields and features of [rank_features] fields, not [\(type)]"
        case .semanticNotSupported(let field, let type): "Field [\(field)] of type [\(type)] does not support semantic queries"
        case .logOfNegativeFeature:
            "Cannot use the [log] function with a field that has a negative score impact as it would trigger negative scores"
        case .notASparseVector(let field, let type):
            "field [\(field)] must be type [sparse_vector] or [rank_features] but is type [\(type)]"
        case .distanceNotSupported(let type):
            "Illegal data type of [\(type)]! [distance_feature] query can only be run on a date, date_nanos or geo_point field type!"
        case .termNotSupported(let field, let type): "Field [\(field)] of type [\(type)] doesn't support term queries"
        case .rangeNotSupported(let field, let type): "Field [\(field)] of type [\(type)] does not support range queries"
        case .tooManyTerms(let count, let limit):
            "The number of terms [\(count)] used in the Terms Query request has exceeded the allowed maximum of [\(limit)]. This "
                + "maximum can be set by changing the [index.max_terms_count] index level setting."
        case .regexpTooLong(let length, let limit):
            "The length of regex [\(length)] used in the Regexp Query request has exceeded the allowed maximum of [\(limit)]. This "
                + "maximum can be set by changing the [index.max_regex_length] index level setting."
        case .idHasNoColumn:
            "Fielddata access on the _id field is disallowed, you can re-enable it by updating the dynamic cluster setting: "
                + "indices.id_field_data.enabled"
        case .expensiveQuery(let what, let hint):
            "\(what) cannot be executed when 'search.allow_expensive_queries' is set to false.\(hint)"
        case .expensiveRuntimeField:
            "queries cannot be executed against runtime fields while [search.allow_expensive_queries] is set to [false]."
        case .internalFieldFetched(let field): "error fetching [\(field)]: Cannot fetch values for internal field [\(field)]."
        case .formatNotSupported(let field, let type):
            "error fetching [\(field)]: Field [\(field)] of type [\(type)] doesn't support formats."
        case .sliceFieldNotMapped(let field): "field \(field) not found"
        case .sliceFieldNotNumeric(let field): "cannot load numeric doc values on \(field)"
        case .fieldsWithoutSource(let index):
            "Unable to retrieve the requested [fields] since _source is disabled in the mappings for index [\(index)]"
        case .randomFieldNotMapped(let field, let index):
            "Field [\(field)] is not mapped on [\(index)] and cannot be used as a source of random numbers."
        case .sortFieldNotMapped(let field): "No mapping found for [\(field)] in order to sort on"
        case .fieldSortNotSupported(_, "geo_point"):
            "can't sort on geo_point field without using specific sorting feature, like geo_distance"
        case .fieldSortNotSupported(let field, "dense_vector"): "Field [\(field)] of type [dense_vector] doesn't support sort"
        case .fieldSortNotSupported(let field, let type):
            "Can't load fielddata on [\(field)] because fielddata is unsupported on fields of type [\(type)]. Use doc values instead."
        case .unknownUnmappedType(let type): "No mapper found for type [\(type)]"
        case .unknownSortMode(let mode): "Unknown SortMode [\(mode)]"
        case .sortModeNotSupported: "we only support AVG, MEDIAN and SUM on number based fields"
        case .unknownNumericType(let type):
            "invalid value for [numeric_type], must be [long, double, date, date_nanos], got \(type)"
        case .numericTypeNotSupported(let type): "[numeric_type] option cannot be set on a non-numeric field, got \(type)"
        case .malformedSearchAfter(let field, let value, let format?):
            "Failed to parse search_after value for field [\(field)]: failed to parse date field [\(value)] with format [\(format)]"
        case .malformedSearchAfter(let field, _, nil): "Failed to parse search_after value for field [\(field)]."
        case .invalidDateFormat(let format): "Invalid format: [\(format)]"
        case .unknownTimeZone(let zone): "Unknown time-zone ID: \(zone)"
        case .phraseNotSupported(let field, let type):
            "Can only use phrase prefix queries on text fields - not on [\(field)] which is of type [\(type)]"
        case .fuzzyNotSupported(let field, let type):
            "Can only use fuzzy queries on keyword and text fields - not on [\(field)] which is of type [\(type)]"
        case .patternNotSupported(let field, let type, let query):
            "Can only use \(query) queries on keyword, text and wildcard fields - not on [\(field)] which is of type [\(type)]"
        case .malformedPattern(_, let error): error.reason
        case .unknownRegexpFlag(let flag): "Unknown regexp flag [\(flag)]"
        case .malformedQueryString(let text, _, _): "Failed to parse query [\(text)]"
        case .tooManyWays(let limit): "maxClauseCount is set to \(limit)"
        case .tooManyFields(let count, let limit): "field expansion matches too many fields, got: \(count), limit: \(limit)"
        case .unknownAnalyzer(let name): "[match] analyzer [\(name)] not found"
        case .geoFieldNotMapped(let field): "failed to find geo field [\(field)]"
        case .geoNotSupported(let field, let type): "field [\(field)] is of unsupported type [\(type)] for geo queries"
        case .functionFieldNotMapped(let field):
            "Unable to find a field mapper for field [\(field)]. No 'missing' value defined."
        case .textNotAggregatable(let field):
            "Fielddata is disabled on [\(field)]. Text fields are not optimised for operations that require per-document field data "
                + "like aggregations and sorting, so these operations are disabled by default. Please use a keyword field instead."
        case .spansNotDates(let type): "Expected date range type but found range type [\(type)]"
        case .spansNotNumeric(let type): "Expected numeric range type but found non-numeric range [\(type)]"
        case .aggregationNotSupported(let field, let type, let aggregation):
            "Field [\(field)] of type [\(type)] is not supported for aggregation [\(aggregation)]"
        case .joinNotMapped(let query): "[\(query)] no join field has been configured"
        case .notInJoin(let query, let field, let type, let isChild):
            "[\(query)] join field [\(field)] doesn't hold [\(type)] as a \(isChild ? "child" : "parent")"
        case .nestedPathNotMapped(let path): "[nested] failed to find nested object under path [\(path)]"
        case .pathNotNested(let path): "[nested] nested object under path [\(path)] is not of nested type"
        case .duplicateInnerHits(let name): "[inner_hits] already contains an entry for key [\(name)]"
        case .innerResultWindowTooLarge(let name, let requested, let limit):
            "Inner result window is too large, the inner hit definition's [\(name)]'s from + size must be less than or equal to: "
                + "[\(limit)] but was [\(requested)]. This limit can be set by changing the [index.max_inner_result_window] index "
                + "level setting."
        case .reverseNestedOutside(let name):
            "Reverse nested aggregation [\(name)] can only be used inside a [nested] aggregation"
        case .collapseFieldNotMapped(let field): "no mapping found for `\(field)` in order to collapse on"
        case .collapseNotSupported(let field, let type):
            "collapse is not supported for the field [\(field)] of the type [\(type)]"
        case .collapseWithoutColumn(let field): "cannot collapse on field `\(field)` without `doc_values`"
        case .compositeAfterLacks(let name): "Missing value for [after.\(name)]"
        case .invalidNumberFormat(let pattern): "Malformed pattern \"\(pattern)\""
        case .patternOfNumbers:
            "Aggregation cannot support regular expression style include/exclude settings as they can only be applied to string fields. "
                + "Use an array of values for include/exclude clauses"
        case .topMetricsSortNotSupported(let field, let type):
            "error building sort for field [\(field)] of type [\(type)]: only supported on numeric fields"
        case .highlight(let problem): problem.reason
        case .moreLikeNotSupported(let field): "more_like_this only supports text/keyword fields: [\(field)]"
        case .suggest(.fieldNotMapped(let field)): "no mapping found for field [\(field)]"
        case .suggest(.notACompletionField(let field)): "Field [\(field)] is not a completion suggest field"
        case .suggest(.contextsMissing): "Missing mandatory contexts in context query"
        case .suggest(.unknownAnalyzer(let name)): "analyzer [\(name)] doesn't exists"
        case .suggest(.unigramsMissing(let field)):
            "The default analyzer for field: [\(field)] doesn't emit unigrams. If this is intentional try to set the analyzer explicitly"
        case .suggest(.onlyNGrams): "At least one unigram is required but all tokens were ngrams"
        case .unknownDecayField(let field): "unknown field [\(field)]"
        case .functionNotSupported(let field, let type):
            "field [\(field)] is of type [\(type)], but only numeric types are supported."
        case .malformedDecay(let field, let parameter): "[\(parameter)] of the decay function on [\(field)] is not of the field's kind"
        }
    }
}
