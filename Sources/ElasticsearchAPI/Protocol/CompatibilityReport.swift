internal import Indices
internal import JSON
internal import Mapping

/// What of Elasticsearch's REST API is served, as a page of Markdown.
///
/// It is made from what requests are checked with: the routes, the parameters, the parsers of queries and mappings.
public enum CompatibilityReport {
    public static var markdown: String {
        ([heading, servedAPIs, ownAPIs, additions] + otherAPIs + [queries, aggregations, fieldTypes, settings]).joined(separator: "\n")
    }

    private static let heading = """
        # Compatibility

        What of Elasticsearch \(VersionInfo.elasticsearch)'s REST API this program serves. This page is written by `clipsearch \
        compatibility` from the router and the parsers themselves; a test fails where it is not what they say.

        A request for an API that is not served is refused as Elasticsearch refuses an unknown path, and a parameter that is not served
        as an unrecognized one.

        """

    // MARK: APIs

    private static var servedAPIs: String {
        let refused = Dictionary(
            Endpoint.refused.split(separator: "\n").map { line in
                let parts = line.split(separator: "|").map(\.trimmed)
                return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
            }, uniquingKeysWith: { $1 })
        let lines = Endpoint.allCases.filter { !$0.isOwn }.map { endpoint in
            let routes = routes(of: endpoint)
            let parameters = (refused[endpoint.rawValue] ?? "").split(separator: " ").map { "`\($0)`" }.joined(separator: " ")
            return "| \(endpoint.rawValue) | \(routes) | \(parameters) |"
        }
        return """
            ## APIs that are served: \(lines.count)

            | API | routes | parameters of its specification that are refused |
            |---|---|---|
            \(lines.joined(separator: "\n"))

            """
    }

    private static var ownAPIs: String {
        let own = Endpoint.allCases.filter(\.isOwn)
        let lines = own.map { endpoint in
            let parameters = endpoint.specification.parameters.sorted().map { "`\($0)`" }.joined(separator: " ")
            return "| \(routes(of: endpoint)) | \(purpose(of: endpoint)) | \(parameters) |"
        }
        return """
            ## APIs that are ours: \(own.count)

            Elasticsearch has nothing like them. Bodies are a picture's bytes, of a media type `image/…` or `application/octet-stream`, but
            for `_classify`, whose body is a search's.

            | routes | what they do | parameters |
            |---|---|---|
            \(lines.joined(separator: "\n"))

            """
    }

    private static func purpose(of endpoint: Endpoint) -> String {
        switch endpoint {
        case .clipsearchApp: "the files of the page that `GET /` shows to browsers"
        case .clipsearchClassify: "a `_search` whose hits tell which of `labels` fits best; also `prompt`, `top`, `field`, `model`"
        case .clipsearchDuplicates: "groups of pictures that are nearly the same"
        case .clipsearchGetImage: "the picture of a document, where the node keeps it or may read it, or the document holds it as a data URI; with `ignore_missing`, 204 where there is none"
        case .clipsearchGetThumbnail: "a small copy of the picture of a document, in the same way"
        case .clipsearchIndexImage: "embeds a picture and indexes it; `doc.NAME` is a field of the document"
        case .clipsearchPutThumbnail: "keeps a small copy of a picture that is elsewhere, by its SHA-256"
        case .clipsearchPutThumbnails: "keeps several, each behind a line `<hash> <bytes>`"
        case .clipsearchSearchImage:
            "searches for what is like a picture, with `words` and `without` others (`red flower^0.5`), and is answered as `_search` is"
        default: ""
        }
    }

    private static let additions = """
        ## What is ours in Elasticsearch's APIs

        * **Inference endpoints** of the services `clipsearch` and `elasticsearch` are this node's models, for the tasks `text_embedding`
          and `embedding` (pictures, as in Elasticsearch 9.4). Each deployed model has one without a `PUT`: `.compact-clipsearch`.
          Their `adaptive_allocations` and `task_settings` are kept and shown, without an effect.
        * **`weight`** beside `type` and `value` of a content, in `_inference` and in `query_vector_builder.embedding`: several contents
          become the sum of their unit vectors times their weights, of length 1. A negative weight turns away from a content.
        * **`query_vector_builder`** `embedding` and `lookup`, as in Elasticsearch 9.4.
        * **`metadata.clipsearch`** of `GET _ml/trained_models`: `cut_offs`, the least cosine of a good hit for words and for pictures, with
          the precision and recall that were measured there, and `logit_scale`, which makes cosines probabilities.
          `clipsearch model calibrate` measures both. `similarity=auto` of `_search/image` cuts there.
        * **`semantic`**, the field of texts and pictures of Elasticsearch 9.5, beside `semantic_text`; without an `inference_id` both have
          `.compact-clipsearch`. Texts are cut into parts no longer than the model reads where no `chunking_settings` are given.
        * **`input_type: image`** in `input_output` of the `inference` processor: the field holds a picture as a data URI, a path below
          `path.pictures`, or a URL of a host in `pictures.allowed_hosts`.
        * **The `image` processor**: `field`, `target_field` (`image`), `properties` (`width`, `height`, `format`, `date`, `location`,
          `average_color`, `perceptual_hash`, `thumbnail`; all but the last), `thumbnail_size` (256), `ignore_missing`, `remove_binary`.

        """

    private static func routes(of endpoint: Endpoint) -> String {
        endpoint.specification.routes.map { "`\($0.methods.joined(separator: ",")) \($0.path)`" }.joined(separator: " ")
    }

    private static var otherAPIs: [String] {
        let names = Endpoint.others.split(separator: "\n").map(\.trimmed).filter { Endpoint(rawValue: $0) == nil }
        let areas = Dictionary(grouping: names) { name in
            name.contains(".") ? String(name.prefix { $0 != "." }) : "documents and searches"
        }
        let lines = areas.sorted { $0.key < $1.key }.map { area, names in
            let short = names.map { name in name.split(separator: ".", maxSplits: 1).last.map(String.init) ?? name }
            return "* **\(area)**: \(short.joined(separator: ", "))"
        }
        return [
            """
            ## APIs that are not served: \(names.count)

            \(lines.joined(separator: "\n"))

            """
        ]
    }

    // MARK: What parsers know

    private static let queryNames = """
        bool boosting combined_fields constant_score dis_max distance_feature exists function_score fuzzy geo_bounding_box \
        geo_distance geo_grid geo_polygon geo_shape has_child has_parent ids intervals knn match match_all match_bool_prefix \
        match_none match_phrase match_phrase_prefix more_like_this multi_match nested parent_id percolate pinned prefix query_string \
        range rank_feature regexp rule script script_score semantic shape simple_query_string span_containing span_field_masking \
        span_first span_multi span_near span_not span_or span_term span_within sparse_vector term terms terms_set text_expansion \
        weighted_tokens wildcard wrapper
        """

    private static var queries: String {
        section("Queries", queryNames, isServed: { QueryName(rawValue: $0) != nil })
    }

    private static let aggregationNames = """
        adjacency_matrix auto_date_histogram avg avg_bucket boxplot bucket_correlation bucket_count_ks_test bucket_script \
        bucket_selector bucket_sort cardinality categorize_text change_point children composite cumulative_cardinality cumulative_sum \
        date_histogram date_range derivative diversified_sampler extended_stats extended_stats_bucket filter filters \
        frequent_item_sets geo_bounds geo_centroid geo_distance geo_line geohash_grid geohex_grid geotile_grid global histogram \
        inference ip_prefix ip_range matrix_stats max max_bucket median_absolute_deviation min min_bucket missing moving_fn \
        moving_percentiles multi_terms nested normalize parent percentile_ranks percentiles percentiles_bucket random_sampler range \
        rare_terms rate reverse_nested sampler scripted_metric serial_diff significant_terms significant_text stats stats_bucket \
        string_stats sum sum_bucket t_test terms time_series top_hits top_metrics value_count variable_width_histogram weighted_avg
        """

    private static var aggregations: String {
        section("Aggregations", aggregationNames, isServed: { AggregationName(rawValue: $0) != nil })
    }

    private static let typeNames = """
        aggregate_metric_double alias binary boolean byte completion constant_keyword counted_keyword date date_nanos date_range \
        dense_vector double double_range flattened float float_range geo_point geo_shape half_float histogram integer integer_range ip \
        ip_range join keyword long long_range match_only_text murmur3 nested object passthrough percolator point rank_feature \
        rank_features rank_vectors scaled_float search_as_you_type semantic semantic_text shape short sparse_vector text token_count \
        unsigned_long version wildcard
        """

    private static var fieldTypes: String {
        section("Field types", typeNames, isServed: isFieldType)
    }

    /// Whether the parser of mappings knows the type, whatever else it misses.
    private static func isFieldType(_ name: String) -> Bool {
        guard let document = try? JSONDocument(parsing: #"{"properties":{"f":{"type":"\#(name)"}}}"#) else { return false }
        do {
            _ = try Mapping(decoding: document.root)
            return true
        } catch .unknownType {
            return false
        } catch {
            return true
        }
    }

    private static func section(_ title: String, _ list: String, isServed: (String) -> Bool) -> String {
        let names = list.split(separator: " ").map(String.init)
        let write = { (names: [String]) in names.map { "`\($0)`" }.joined(separator: " ") }
        return """
            ## \(title)

            Served: \(write(names.filter(isServed)))

            Not served: \(write(names.filter { !isServed($0) }))

            """
    }

    private static var settings: String {
        """
        ## Settings of indices

        Acted on: \(list(KnownSettings.effective))

        Kept and shown, without an effect: \(list(KnownSettings.inert))

        """
    }

    private static func list(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: " ") }
}

extension Substring {
    fileprivate var trimmed: String { String(trimmingPrefix(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()) }
}
