/// Values for `IN (…)`, filled up to a power of two with the last of them: few statements are prepared, however long
/// lists are.
struct StatementList<Value> {
    let values: [Value]
    /// A question mark a value.
    let marks: String

    /// The most values of a part, a power of two.
    private static var partLength: Int { 256 }

    static func parts(of values: [Value]) -> [StatementList] {
        stride(from: 0, to: values.count, by: partLength).map { start in
            StatementList(Array(values[start..<min(start + partLength, values.count)]))
        }
    }

    init(_ part: [Value]) {
        var count = 1
        while count < part.count { count *= 2 }
        values = part + part.suffix(1).flatMap { repeatElement($0, count: count - part.count) }
        marks = repeatElement("?", count: count).joined(separator: ",")
    }
}
