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
    /// `Can't get text on a START_OBJECT`
    case unexpectedObject
    /// `Can't get text on a START_ARRAY`: an array where a single value is read.
    case unexpectedArray
    /// A geo point that is none of the forms; the reason depends on the problem.
    case malformedPoint(GeoPoint.Problem)
    /// A text that its field's analyzer does not take.
    case analysis(AnalysisError)
}
