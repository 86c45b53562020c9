internal import JSON
internal import Mapping
internal import Query

/// Reads `aggs`. Each kind's own reading stands in the file of its name.
struct AggregationDecoder {
    private static let maximumDepth = 20

    let queries: QueryDecoder
    private var depth = 0

    init(queries: QueryDecoder) { self.queries = queries }

    /// The aggregations that are understood, by their names.
    enum Name: String, CaseIterable {
        case terms
        case composite
        case range
        case dateRange = "date_range"
        case histogram
        case dateHistogram = "date_histogram"
        case filter
        case filters
        case missing
        case global
        case cardinality
        case min, max, avg, sum, stats
        case extendedStats = "extended_stats"
        case valueCount = "value_count"
        case topHits = "top_hits"
        case nested
        case reverseNested = "reverse_nested"
        case scriptedMetric = "scripted_metric"
    }

    /// Reads `{"name": {"kind": {…}, "aggs": {…}}}`.
    func aggregations(_ field: Field) throws(ParseError) -> [Aggregation] {
        guard depth < Self.maximumDepth else { throw .argument("aggregations are nested too deeply", at: field.path) }
        var nested = self
        nested.depth += 1
        guard field.element.kind == .object else {
            throw ParseError(.parsing, "Unexpected token [\(field.value.token)] in [\(field.name)].", at: field.path)
        }
        var found: [Aggregation] = []
        for member in try field.value.members(of: .search) {
            guard !member.name.isEmpty, !member.name.contains(where: { "[]>".contains($0) }) else {
                throw ParseError(
                    .parsing,
                    "Invalid aggregation name [\(member.name)]. Aggregation names can contain any character except '[', ']', and '>'",
                    at: member.path)
            }
            found.append(try nested.aggregation(member))
        }
        return found
    }

    private func aggregation(_ definition: Field) throws(ParseError) -> Aggregation {
        guard definition.element.kind == .object else {
            throw ParseError(
                .parsing,
                "Aggregation definition for [\(definition.name) starts with a [\(definition.value.token)], expected a [START_OBJECT].",
                at: definition.path)
        }
        var kind: Aggregation.Kind?
        var subaggregations: [Aggregation] = []
        var meta: JSONValue?
        var isTopHits = false
        for member in try definition.value.members(of: .search) {
            switch member.name {
            case "aggs", "aggregations": subaggregations = try aggregations(member)
            case "meta": meta = JSONValue(member.element)
            default:
                guard let name = Name(rawValue: member.name) else { throw unknown(member) }
                guard kind == nil else {
                    throw ParseError(
                        .parsing, "Found two aggregation type definitions in [\(definition.name)]: [\(member.name)]", at: member.path)
                }
                isTopHits = name == .topHits
                kind = try self.kind(name, member)
            }
        }
        guard let kind else {
            throw ParseError(.parsing, "Missing definition for aggregation [\(definition.name)]", at: definition.path)
        }
        switch kind {
        case .metric, .cardinality, .topHits, .scriptedMetric:
            guard subaggregations.isEmpty else {
                throw ParseError(
                    .other("aggregation_initialization_exception", [:]),
                    "Aggregator [\(definition.name)] of type [\(isTopHits ? "top_hits" : "metric")] cannot accept sub-aggregations",
                    at: definition.path)
            }
        case .terms, .composite, .range, .histogram, .dateHistogram, .filter, .filters, .missing, .global, .nested, .reverseNested:
            break
        }
        return Aggregation(definition.name, kind, subaggregations: subaggregations, meta: meta)
    }

    private func kind(_ name: Name, _ body: Field) throws(ParseError) -> Aggregation.Kind {
        switch name {
        case .terms: return .terms(try terms(body))
        case .composite: return .composite(try composite(body))
        case .range: return .range(try range(body, isDate: false))
        case .dateRange: return .range(try range(body, isDate: true))
        case .histogram: return .histogram(try histogram(body))
        case .dateHistogram: return .dateHistogram(try dateHistogram(body))
        case .filter: return .filter(try queries.query(body.value))
        case .filters: return .filters(try filters(body))
        case .missing: return .missing(field: try onlyField(body))
        case .global: return .global
        case .cardinality: return .cardinality(field: try onlyField(body, ignoring: ["precision_threshold", "execution_hint"]))
        case .topHits: return .topHits(try topHits(body))
        case .nested:
            guard let path = try path(body) else {
                throw ParseError(
                    .parsing, "Missing [path] field for nested aggregation [\(body.name)]", at: body.path)
            }
            return .nested(path: path)
        case .reverseNested: return .reverseNested(path: try path(body))
        case .scriptedMetric: return .scriptedMetric(try ScriptedMetricAggregation(body))
        case .min: return try metric(.min, body)
        case .max: return try metric(.max, body)
        case .avg: return try metric(.avg, body)
        case .sum: return try metric(.sum, body)
        case .stats: return try metric(.stats, body)
        case .extendedStats: return try metric(.extendedStats, body)
        case .valueCount: return try metric(.valueCount, body)
        }
    }

    /// The one member of `nested` and `reverse_nested`.
    private func path(_ body: Field) throws(ParseError) -> String? {
        var path: String?
        for field in try body.value.members(of: .query(body.name)) {
            guard field.name == "path" else { throw Parser.query(body.name).unknown(field, known: ["path"]) }
            path = try field.string()
        }
        return path
    }

    private func unknown(_ member: Field) -> ParseError {
        let hint = Suggestions(for: member.name, among: Name.allCases.map(\.rawValue)).text.map { " did you mean \($0)" } ?? ""
        return ParseError(
            .parsing, "Unknown aggregation type [\(member.name)]\(hint)", at: member.path,
            causedBy: ParseError(.other("named_object_not_found_exception", [:]), "unknown field [\(member.name)]", at: member.path))
    }

    private func metric(_ metric: Aggregation.Metric, _ body: Field) throws(ParseError) -> Aggregation.Kind {
        var name: String?
        var missing: QueryValue?
        for field in try body.value.members(of: .object(metric.rawValue)) {
            switch field.name {
            case "field": name = try field.string()
            case "missing": missing = try field.queryValue()
            case "format", "sigma", "value_type": _ = try field.text()
            default: throw Parser.object(metric.rawValue).unknown(field, known: ["field", "missing", "format"])
            }
        }
        guard let name else { throw requiredField(body) }
        return .metric(metric, field: name, missing: missing)
    }

    private func onlyField(_ body: Field, ignoring: Set<String> = []) throws(ParseError) -> String {
        var name: String?
        for field in try body.value.members(of: .object(body.name)) {
            if field.name == "field" {
                name = try field.string()
            } else if !ignoring.contains(field.name) {
                throw Parser.object(body.name).unknown(field, known: ["field"])
            }
        }
        guard let name else { throw requiredField(body) }
        return name
    }

    func requiredField(_ body: Field) -> ParseError {
        .argument("Required one of fields [field, script], but none were specified. ", at: body.path)
    }

    private func filters(_ body: Field) throws(ParseError) -> FiltersAggregation {
        var filters = FiltersAggregation(filters: [])
        var otherBucket = false
        for field in try body.value.members(of: .query("filters")) {
            switch field.name {
            case "filters":
                if let elements = field.value.elements {
                    for element in elements { filters.filters.append((nil, try queries.query(element))) }
                } else {
                    for member in try field.value.members(of: .query("filters")) {
                        filters.filters.append((member.name, try queries.query(member.value)))
                    }
                    // As Elasticsearch answers them.
                    filters.filters.sort { ($0.name ?? "") < ($1.name ?? "") }
                }
            case "other_bucket": otherBucket = try field.bool()
            case "other_bucket_key":
                filters.otherName = try field.string()
                otherBucket = true
            case "keyed": _ = try field.bool()
            default: throw Parser.query("filters").unknown(field, known: [])
            }
        }
        guard !filters.filters.isEmpty else { throw .argument("[filters] cannot be empty", at: body.path) }
        filters.otherName = otherBucket ? filters.otherName ?? "_other_" : nil
        return filters
    }

    private func topHits(_ body: Field) throws(ParseError) -> TopHitsAggregation {
        var hits = TopHitsAggregation()
        for field in try body.value.members(of: .query("top_hits")) {
            switch field.name {
            case "size": hits.size = try field.count()
            case "from": hits.from = try field.count()
            case "_source": hits.fetch.take(try SourceRequest(field))
            case "fields": hits.fetch.fields += try FieldRequest.list(field)
            case "docvalue_fields": hits.fetch.docValueFields += try FieldRequest.list(field)
            case "version": hits.fetch.version = try field.bool()
            case "seq_no_primary_term": hits.fetch.sequenceNumber = try field.bool()
            case "explain", "track_scores": _ = try field.bool()
            case "sort":
                let isScore = field.value.elements.map { $0.allSatisfy { $0.text == "_score" } } ?? (field.value.text == "_score")
                guard isScore else { throw Parser.query("top_hits").unexpected(field) }
            default: throw Parser.query("top_hits").unknown(field, known: [])
            }
        }
        guard hits.size + hits.from <= 100 else {
            throw .argument(
                "Top hits result window is too large, the top hits aggregator [\(body.name)]'s from + size must be less than or equal to: "
                    + "[100] but was [\(hits.size + hits.from)]. This limit can be set by changing the [index.max_inner_result_window] index level setting.",
                at: body.path)
        }
        return hits
    }
}
