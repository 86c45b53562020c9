internal import JSON
internal import Query

extension SearchResponse {
    /// Bytes of memory, about; what is of one size whatever is found counts a little.
    ///
    /// - Complexity: O(hits and what they show, buckets).
    var approximateBytes: Int {
        var bytes = 1024 + hits.reduce(0) { $0 + $1.approximateBytes }
        if let aggregations {
            bytes += aggregations.results.reduce(0) { $0 + $1.approximateBytes }
            bytes += aggregations.hits.values.reduce(0) { $0 + $1.approximateBytes }
        }
        for suggestion in suggestions ?? [] {
            for option in suggestion.entries.lazy.flatMap(\.options) {
                bytes += 256 + option.text.utf8.count + (option.hit?.approximateBytes ?? 0)
            }
        }
        return bytes
    }
}

extension SearchResponse.Hit {
    fileprivate var approximateBytes: Int {
        var bytes = 512 + (source?.approximateBytes ?? 0) + ignoredValues.approximateBytes
        for members in [fields, highlight] { bytes += members?.approximateBytes ?? 0 }
        for value in sort ?? [] { bytes += value.approximateBytes }
        for inner in innerHits { bytes += inner.hits.hits.reduce(0) { $0 + $1.approximateBytes } }
        for group in groupHits { bytes += group.hits.reduce(0) { $0 + $1.approximateBytes } }
        return bytes
    }
}
