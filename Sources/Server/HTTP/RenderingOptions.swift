internal import ElasticsearchAPI

/// The parameters that every API has, as far as they change how its answer is written.
struct RenderingOptions: Sendable {
    var isPretty = false
    var filter: FilterPath?
    /// `format=json` or `format=text`, which the `_cat` APIs heed.
    var format: String?

    init() {}

    /// - Throws: `ElasticsearchError` for values that are not understood.
    init(_ parameters: QueryParameters) throws(ElasticsearchError) {
        isPretty = try parameters.bool("pretty") ?? false
        filter = try parameters["filter_path"].flatMap { text throws(ElasticsearchError) in try FilterPath(text) }
        format = parameters["format"]
        if let format, !["json", "text", "txt"].contains(format) {
            throw .illegalArgument("format [\(format)] is not supported")
        }
        // Nothing that `human` adds, and no stack that `error_trace` shows, exists here.
        _ = try parameters.bool("human")
        _ = try parameters.bool("error_trace")
    }
}
