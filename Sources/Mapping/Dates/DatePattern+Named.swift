internal import Dates

extension DatePattern {
    /// `strict_date_optional_time`, the format that nearly every date has.
    static let dateOptionalTime = optionalTime(lenient: false)

    private static func optionalTime(lenient: Bool) -> DatePattern {
        func two(_ field: Field) -> Part { .number(field, digits: lenient ? 1...2 : 2...2) }
        let fraction: Part = .optional([.fractionSeparator, .fraction(1...9)])
        let seconds: Part = .optional([.literal(UInt8(ascii: ":")), two(.second), fraction])
        let minutes: Part = .optional([.literal(UInt8(ascii: ":")), two(.minute), seconds])
        let offset: Part = .optional([.offset(usesZulu: true, .colon)])
        let time: Part = .optional([.literal(UInt8(ascii: "T")), .optional([two(.hour), minutes, offset])])
        let day: Part = .optional([.literal(UInt8(ascii: "-")), two(.day), time])
        let month: Part = .optional([.literal(UInt8(ascii: "-")), two(.month), day])
        return DatePattern(parts: [.number(.year, digits: lenient ? 1...9 : 4...4), month])
    }

    /// A format by its Elasticsearch name, with or without `strict_`; nil if there is none of this name.
    init?(named name: String) {
        let isStrict = name.hasPrefix("strict_")
        let base = isStrict ? String(name.dropFirst("strict_".count)) : name
        if base == "date_optional_time" || base == "date_optional_time_nanos" || name == "iso8601" {
            self = isStrict || name == "iso8601" ? Self.dateOptionalTime : Self.optionalTime(lenient: true)
            showsNanoseconds = base.hasSuffix("_nanos")
            return
        }
        guard let pattern = Self.named[base] else { return nil }
        self.init(pattern, lenient: !isStrict && !base.hasPrefix("basic_"))
    }

    private static let named: [String: String] = [
        "basic_date": "yyyyMMdd",
        "basic_date_time": "yyyyMMdd'T'HHmmss.SSSXX",
        "basic_date_time_no_millis": "yyyyMMdd'T'HHmmssXX",
        "basic_ordinal_date": "yyyyDDD",
        "basic_ordinal_date_time": "yyyyDDD'T'HHmmss.SSSXX",
        "basic_ordinal_date_time_no_millis": "yyyyDDD'T'HHmmssXX",
        "basic_time": "HHmmss.SSSXX",
        "basic_time_no_millis": "HHmmssXX",
        "basic_t_time": "'T'HHmmss.SSSXX",
        "basic_t_time_no_millis": "'T'HHmmssXX",
        "date": "yyyy-MM-dd",
        "date_hour": "yyyy-MM-dd'T'HH",
        "date_hour_minute": "yyyy-MM-dd'T'HH:mm",
        "date_hour_minute_second": "yyyy-MM-dd'T'HH:mm:ss",
        "date_hour_minute_second_fraction": "yyyy-MM-dd'T'HH:mm:ss.SSS",
        "date_hour_minute_second_millis": "yyyy-MM-dd'T'HH:mm:ss.SSS",
        "date_time": "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
        "date_time_no_millis": "yyyy-MM-dd'T'HH:mm:ssXXX",
        "hour": "HH",
        "hour_minute": "HH:mm",
        "hour_minute_second": "HH:mm:ss",
        "hour_minute_second_fraction": "HH:mm:ss.SSS",
        "hour_minute_second_millis": "HH:mm:ss.SSS",
        "ordinal_date": "yyyy-DDD",
        "ordinal_date_time": "yyyy-DDD'T'HH:mm:ss.SSSXXX",
        "ordinal_date_time_no_millis": "yyyy-DDD'T'HH:mm:ssXXX",
        "time": "HH:mm:ss.SSSXXX",
        "time_no_millis": "HH:mm:ssXXX",
        "t_time": "'T'HH:mm:ss.SSSXXX",
        "t_time_no_millis": "'T'HH:mm:ssXXX",
        "year": "yyyy",
        "year_month": "yyyy-MM",
        "year_month_day": "yyyy-MM-dd",
    ]
}
