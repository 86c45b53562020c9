internal import Analysis
internal import Mapping

extension ValueError {
    var cause: ErrorCause { ErrorCause(type, reason) }

    private var type: String {
        switch self {
        case .notANumber: "number_format_exception"
        case .unexpectedObject, .unexpectedArray: "illegal_state_exception"
        case .analysis: "illegal_argument_exception"
        case .outOfRange, .hasDecimalPart, .notABoolean, .malformedDate: "illegal_argument_exception"
        case .malformedPoint: "parse_exception"
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
        case .unexpectedObject: "Can't get text on a START_OBJECT"
        case .unexpectedArray: "Can't get text on a START_ARRAY"
        case .malformedPoint(let problem): problem.reason
        case .analysis(let error): error.reason
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
