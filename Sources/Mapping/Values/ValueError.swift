public import Analysis

/// Why a value does not fit its field's type. Each case notes Elasticsearch's reason for it.
public enum ValueError: Error, Equatable, Sendable {
    /// `For input string: "x"`
    case notANumber(String)
    /// `Value [x] is out of range for a long` (or another type; floating-point types say
    /// `[float] supports only finite values, but got [x]`)
    case outOfRange(String, type: String)
    /// `Value [x] has a decimal part`
    case hasDecimalPart(String)
    /// `Failed to parse value [x] as only [true] or [false] are allowed.`
    case notABoolean(String)
    /// `failed to parse date field [x] with format [f]`
    case malformedDate(String, format: String)
    /// What `completion` says of its inputs, in Elasticsearch's words.
    case malformedCompletion(String)
    /// `Can't get text on a START_OBJECT`
    case unexpectedObject
    /// `Can't get text on a START_ARRAY`: an array where a single value is read.
    case unexpectedArray
    /// A geo point that is none of the forms; the reason depends on the problem.
    case malformedPoint(GeoPoint.Problem)
    /// A query of a kind that the type does not know.
    case queryNotSupported(String, type: String)
    /// `'x' is not an IP string literal.`
    case notAnAddress(String)
    /// `'x' is not an IP string literal.`, of an address with a prefix length
    case notAnAddressBlock(String)
    /// `Illegal base64 character`
    case notBase64
    /// `[constant_keyword] field [f] only accepts values that are equal to the value defined in the mappings [c], but got [x]`
    case notTheConstant(String, constant: String, field: String)
    /// `Failed to parse object: expecting token of type [START_OBJECT] but found …`
    case notAnObject
    /// `The provided [flattened] field [f] exceeds the maximum depth limit of [n].`
    case tooDeep(limit: Int, field: String)
    /// `Keys in [flattened] fields cannot contain the reserved character \0. Offending key: [k].`
    case reservedCharacter(key: String)
    /// `null join name in field [f]`
    case joinNameMissing(field: String)
    /// `unknown join name [n] for field [f]`
    case unknownJoinName(String, field: String)
    /// `[parent] is missing for join field [f]`
    case joinParentMissing(field: String)
    /// `[routing] is missing for join field [f]`
    case joinRoutingMissing(field: String)
    /// `[range] queries on keyed [flattened] fields must include both an upper and a lower bound.`
    case openRangeOfKey
    /// `[wildcard] queries are not currently supported on keyed [flattened] fields.`
    case patternOfKey(String)
    /// `date[x] is before the epoch in 1970 and cannot be stored in nanosecond resolution`
    case beforeNanoseconds(String)
    /// `date[x] is after 2262-04-11T23:47:16.854775807 and cannot be stored in nanosecond resolution`
    case afterNanoseconds(String)
    /// `[rank_feature] fields do not support indexing multiple values for the same …`
    case severalFeatures(type: String, field: String, feature: String?)
    /// `featureValue must be a positive normal float, got: x for feature f on field …`
    case featureNotPositive(Float, field: String)
    /// `[rank_features] fields must be json objects, expected a START_OBJECT but got: …`
    case notFeatures(type: String)
    /// `[sparse_vector] fields do not support dots in feature names but found [a.b]`
    case dottedFeature(String, type: String)
    /// `[rank_features] fields take hashes that map a feature to a strictly positive float, but got unexpected token …`
    case notAFeature(String, type: String)
    /// `error parsing field [f], expected an object but got …`
    case notARange(type: String)
    /// `error parsing field [f], with unknown parameter [x]`
    case unknownRangeMember(String)
    /// `min value (a) is greater than max value (b)`
    case reversedRange(lower: String, upper: String)
    /// `Failed to parse object: expecting token of type [VALUE_NUMBER]`, of `_doc_count`
    case notACount
    /// `Field [_doc_count] must be a positive integer. Value [n] is not allowed.`
    case countNotPositive(Int, field: String)
    /// `Arrays are not allowed for field [_doc_count].`
    case severalCounts(field: String)
    /// A text that its field's analyzer does not take.
    case analysis(AnalysisError)
}
