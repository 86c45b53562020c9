internal import Mapping

/// How long scrolls and points in time stay, as the cluster's settings have it.
enum KeepAliveSettings {
    static let defaultKey = "search.default_keep_alive"
    static let maximumKey = "search.max_keep_alive"
    static let standardDefault = Duration.seconds(5 * 60)
    static let standardMaximum = Duration.seconds(24 * 60 * 60)

    /// - Parameter value: a setting that is given.
    static func maximum(_ value: (String) -> String?) -> Duration {
        value(maximumKey).flatMap { TimeValue.parse($0) } ?? standardMaximum
    }

    /// - Throws: `IndicesError.invalidSetting` for what is no time, and for a default beyond the maximum.
    static func check(_ value: (String) -> String?) throws(IndicesError) {
        for key in [defaultKey, maximumKey] {
            guard let text = value(key), TimeValue.parse(text) == nil else { continue }
            throw .invalidSetting(
                key: key, value: text,
                reason: "failed to parse setting [\(key)] with value [\(text)] as a time value: unit is missing or unrecognized")
        }
        let standard = value(defaultKey).flatMap { TimeValue.parse($0) } ?? standardDefault
        guard standard > maximum(value) else { return }
        throw .invalidSetting(
            key: defaultKey, value: value(defaultKey) ?? "5m",
            reason: "Default keep alive setting for request [\(defaultKey)] should be smaller than max keep alive [\(maximumKey)], was "
                + "(\(value(defaultKey) ?? "5m") > \(value(maximumKey) ?? "24h"))")
    }
}
