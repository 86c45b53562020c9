internal import Mapping
internal import Indices

extension Field {
    /// A time value: `1m`.
    func duration() throws(ParseError) -> Duration {
        let text = try text()
        guard let duration = TimeValue.parse(text) else {
            throw .argument(
                "failed to parse setting [\(name)] with value [\(text)] as a time value: unit is missing or unrecognized",
                at: path)
        }
        return duration
    }
}
