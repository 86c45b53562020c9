/// Distances as Elasticsearch writes them.
///
/// Source: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/api-conventions#distance-units
public enum DistanceUnit {
    /// Longer names first: one may end as another does.
    private static let metres: [(names: [String], metres: Double)] = [
        (["nauticalmiles", "NM", "nmi"], 1852), (["kilometers", "km"], 1000), (["centimeters", "cm"], 0.01),
        (["millimeters", "mm"], 0.001), (["miles", "mi"], 1609.344), (["yards", "yd"], 0.9144), (["feet", "ft"], 0.3048),
        (["inch", "in"], 0.0254), (["meters", "m"], 1),
    ]

    /// A length with or without a unit, in metres; nil for anything else.
    ///
    /// - Parameter unit: of a number alone.
    public static func metres(_ text: String, unit: String = "m") -> Double? {
        for (names, metres) in metres {
            for name in names where text.hasSuffix(name) {
                return number(text.dropLast(name.count)).map { $0 * metres }
            }
        }
        guard let own = metres.first(where: { $0.names.contains(unit) }) else { return nil }
        return number(text[...]).map { $0 * own.metres }
    }

    private static func number(_ text: Substring) -> Double? {
        guard let number = Double(text.filter { $0 != " " }), number.isFinite else { return nil }
        return number
    }
}
