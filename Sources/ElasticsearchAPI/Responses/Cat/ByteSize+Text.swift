internal import Indices

extension ByteSize {
    /// - Parameter unit: whole units without their name; nil: one decimal and the largest unit that fits.
    /// - Throws: `ElasticsearchError` for a unit that does not exist.
    func text(unit: String?) throws(ElasticsearchError) -> String {
        guard let unit else { return human }
        guard let count = count(of: unit) else { throw .illegalArgument("failed to parse parameter [bytes] with value [\(unit)]") }
        return String(count)
    }
}
