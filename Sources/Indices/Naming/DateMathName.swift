internal import Mapping

/// Names that say a date: `<logs-{now/d}>`, `<logs-{now/M{yyyy.MM|+02:00}}>`.
///
/// Source: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/api-conventions#api-date-math-index-names
enum DateMathName {
    private static let defaultFormat = "yyyy.MM.dd"

    /// A day as names have it.
    static func day(_ now: Int64) -> String { DateFormat(defaultFormat)?.string(milliseconds: now) ?? "" }

    /// - Parameter now: milliseconds since 1970.
    /// - Returns: the name that is meant; any other name as it is.
    /// - Throws: `IndicesError.invalidDateMath`.
    static func resolved(_ name: String, now: Int64) throws(IndicesError) -> String {
        guard name.hasPrefix("<"), name.hasSuffix(">"), name.count > 2 else { return name }
        var result = ""
        var expression = ""
        var depth = 0
        var isEscaped = false
        for character in name.dropFirst().dropLast() {
            if isEscaped {
                append(character, depth, &result, &expression)
                isEscaped = false
                continue
            }
            switch character {
            case "\\": isEscaped = true
            case "{":
                if depth > 0 { expression.append(character) }
                depth += 1
                guard depth <= 2 else {
                    throw .invalidDateMath(name, reason: "invalid character in placeholder at position [\(result.count)]")
                }
            case "}":
                depth -= 1
                guard depth >= 0 else { throw .invalidDateMath(name, reason: "invalid character at position [\(result.count)]. `{` and `}` are reserved characters and should be escaped when used as part of the index name using `\\` (e.g. `\\{text\\}`)") }
                if depth > 0 {
                    expression.append(character)
                } else {
                    result += try date(expression, of: name, now: now)
                    expression = ""
                }
            default: append(character, depth, &result, &expression)
            }
        }
        guard depth == 0, !isEscaped else { throw .invalidDateMath(name, reason: "date math placeholder is open ended") }
        guard !result.isEmpty else { throw .invalidDateMath(name, reason: "nothing captured") }
        return result
    }

    private static func append(_ character: Character, _ depth: Int, _ result: inout String, _ expression: inout String) {
        if depth == 0 { result.append(character) } else { expression.append(character) }
    }

    /// `now/d`, `now/d{format}` or `now/d{format|zone}`.
    private static func date(_ expression: String, of name: String, now: Int64) throws(IndicesError) -> String {
        let math = expression.prefix { $0 != "{" }
        var pattern = defaultFormat
        var offset = 0
        if math.endIndex < expression.endIndex {
            guard expression.hasSuffix("}") else { throw .invalidDateMath(name, reason: "missing closing `}` for date math format") }
            let parts = expression[expression.index(after: math.endIndex)...].dropLast().split(separator: "|", maxSplits: 1)
            guard let format = parts.first else { throw .invalidDateMath(name, reason: "missing date format") }
            pattern = String(format)
            if parts.count == 2 {
                guard let seconds = seconds(ofZone: parts[1]) else {
                    throw .invalidDateMath(name, reason: "unknown time zone [\(parts[1])]")
                }
                offset = seconds
            }
        }
        guard let format = DateFormat(pattern) else { throw .invalidDateMath(name, reason: "Invalid format: [\(pattern)]") }
        guard let moment = DateMath(format: .standard, now: now, offset: offset).milliseconds(String(math), roundingUp: false) else {
            throw .invalidDateMath(name, reason: "failed to parse date math [\(math)]")
        }
        return format.string(milliseconds: moment + Int64(offset) * 1000)
    }

    /// `Z`, `UTC`, `+02:00`.
    private static func seconds(ofZone zone: Substring) -> Int? {
        if ["Z", "UTC", "GMT"].contains(zone) { return 0 }
        guard let sign = zone.first, sign == "+" || sign == "-" else { return nil }
        let parts = zone.dropFirst().split(separator: ":")
        guard (1...2).contains(parts.count), let hours = Int(parts[0]), (0...18).contains(hours) else { return nil }
        let minutes = parts.count == 2 ? Int(parts[1]) : 0
        guard let minutes, (0..<60).contains(minutes) else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
}
