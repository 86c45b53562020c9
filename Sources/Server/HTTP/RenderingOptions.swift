internal import ElasticsearchAPI

/// The parameters that every API has, as far as they change how its answer is written.
struct RenderingOptions: Sendable {
    var isPretty = false
    /// Whether sizes and times are told as texts, too.
    var isHuman = false
    /// Whether errors tell their chains of causes as a text.
    var tracesErrors = false
    var filter: FilterPath?
    /// What `format` asks for, before `Accept`; one that is not known asks for nothing.
    var format: MediaType.Format?

    init() {}

    /// - Throws: `ElasticsearchError` for values that are not understood.
    init(_ parameters: QueryParameters) throws(ElasticsearchError) {
        isPretty = try parameters.bool("pretty") ?? false
        filter = try parameters["filter_path"].flatMap { text throws(ElasticsearchError) in try FilterPath(text) }
        format = parameters["format"].flatMap { MediaType.Format(parameter: $0) }
        isHuman = try parameters.bool("human") ?? false
        tracesErrors = try parameters.bool("error_trace") ?? false
    }
}
