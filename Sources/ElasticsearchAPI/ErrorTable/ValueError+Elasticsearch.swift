internal import Analysis
internal import Mapping

extension ValueError {
    var cause: ErrorCause { ErrorCause(type, reason) }

    private var type: String {
        switch self {
        case .notANumber: "number_format_exception"
        case .unexpectedObject, .unexpectedArray: "illegal_state_exception"
        case .analysis, .malformedCompletion: "illegal_argument_exception"
        case .outOfRange, .hasDecimalPart, .notABoolean, .malformedDate: "illegal_argument_exception"
        case .malformedPoint: "parse_exception"
        case .notAnObject, .notACount: "parsing_exception"
        case .queryNotSupported, .notAnAddress, .notAnAddressBlock, .notBase64, .notTheConstant, .tooDeep, .openRangeOfKey,
            .beforeNanoseconds, .afterNanoseconds, .severalFeatures, .featureNotPositive, .notFeatures, .dottedFeature, .notAFeature,
            .notARange, .unknownRangeMember, .reversedRange, .reservedCharacter,
            .joinNameMissing, .unknownJoinName, .joinParentMissing, .joinRoutingMissing, .countNotPositive, .severalCounts:
            "illegal_argument_exception"
        case .patternOfKey: "unsupported_operation_exception"
        }
    }

    /// Elasticsearch's words.
    var reason: String {
        switch self {
        case .notANumber(let text): "For input string: \"\(text)\""
        case .outOfRange(let text, let type):
            ["float", "double", "half_float", "scaled_float"].contains(type)
                ? "[\(type)] supports only finite values, but got [\(text)]" : "Value [\(text)] is out of range for a \(type)"
        case .hasDecimalPart(let text): "Value [\(text)] has a decimal part"
        case .notABoolean(let text): "Failed to parse value [\(text)] as only [true] or [false] are allowed."
        case .malformedDate(let text, let format): "failed to parse date field [\(text)] with format [\(format)]"
        case .malformedCompletion(let reason): reason
        case .unexpectedObject: "Can't get text on a START_OBJECT"
        case .unexpectedArray: "Can't get text on a START_ARRAY"
        case .malformedPoint(let problem): problem.reason
        case .analysis(let error): error.reason
        case .queryNotSupported(let query, let type): "Fields of type [\(type)] do not support [\(query)] queries"
        case .notAnAddress(let text), .notAnAddressBlock(let text): "'\(text)' is not an IP string literal."
        case .notBase64: "Illegal base64 character"
        case .notTheConstant(let text, let constant, let field):
            "[constant_keyword] field [\(field)] only accepts values that are equal to the value defined in the mappings [\(constant)], "
                + "but got [\(text)]"
        case .notAnObject: "Failed to parse object: expecting token of type [START_OBJECT] but found [VALUE_STRING]"
        case .tooDeep(let limit, let field): "The provided [flattened] field [\(field)] exceeds the maximum depth limit of [\(limit)]."
        case .reservedCharacter(let key): "Keys in [flattened] fields cannot contain the reserved character \\0. Offending key: [\(key)]."
        case .joinNameMissing(let field): "null join name in field [\(field)]"
        case .unknownJoinName(let name, let field): "unknown join name [\(name)] for field [\(field)]"
        case .joinParentMissing(let field): "[parent] is missing for join field [\(field)]"
        case .openRangeOfKey: "[range] queries on keyed [flattened] fields must include both an upper and a lower bound."
        case .patternOfKey(let query): "[\(query)] queries are not currently supported on keyed [flattened] fields."
        case .beforeNanoseconds(let text): "date[\(text)] is before the epoch in 1970 and cannot be stored in nanosecond resolution"
        case .afterNanoseconds(let text):
            "date[\(text)] is after 2262-04-11T23:47:16.854775807 and cannot be stored in nanosecond resolution"
        case .severalFeatures(let type, let field, nil):
            "[\(type)] fields do not support indexing multiple values for the same field [\(field)] in the same document"
        case .severalFeatures(let type, let field, let feature?):
            "[\(type)] fields do not support indexing multiple values for the same feature [\(field).\(feature)] in the same document"
        case .featureNotPositive(let value, let field):
            "featureValue must be a positive normal float, got: \(value) for feature \(field) on field _feature which is less than the "
                + "minimum positive normal float: 1.17549435E-38"
        case .notFeatures(let type): "[\(type)] fields must be json objects, expected a START_OBJECT but got: VALUE_NUMBER"
        case .dottedFeature(let name, let type):
            "[\(type)] fields do not support dots in feature names but found [\(name)]"
        case .notAFeature(let name, let type):
            "[\(type)] fields take hashes that map a feature to a strictly positive float, but got unexpected token for [\(name)]"
        case .notARange(let type): "error parsing field of type [\(type)], expected an object"
        case .unknownRangeMember(let name): "error parsing field, with unknown parameter [\(name)]"
        case .joinRoutingMissing(let field): "[routing] is missing for join field [\(field)]"
        case .notACount: "Failed to parse object: expecting token of type [VALUE_NUMBER]"
        case .countNotPositive(let count, let field):
            "Field [\(field)] must be a positive integer. Value [\(count)] is not allowed."
        case .severalCounts(let field): "Arrays are not allowed for field [\(field)]."
        case .reversedRange(let lower, let upper): "min value (\(lower)) is greater than max value (\(upper))"
        }
    }
}

extension GeoPoint.Problem {
    /// Elasticsearch's words.
    var reason: String {
        switch self {
        case .unknownForm: "geo_point expected"
        case .missing(let name): "field [\(name)] missing"
        case .notANumber(let name): "[\(name)] must be a valid double value"
        case .unexpectedMember: "field must be either [lat], [lon], [geohash], [type] or [coordinates]"
        case .latitudeOutOfRange(let value): "illegal latitude value [\(value)]"
        case .longitudeOutOfRange(let value): "illegal longitude value [\(value)]"
        case .malformedGeohash(let text): "unsupported symbol in geohash [\(text)]"
        case .wrongCoordinateCount(let count): "[geo_point] field type does not accept \(count) coordinates"
        }
    }
}
