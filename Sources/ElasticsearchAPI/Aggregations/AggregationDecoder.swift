internal import JSON
internal import Mapping
internal import Query

/// Reads `aggs`. Each kind's own reading stands in the file of its name.
struct AggregationDecoder {
    private static let maximumDepth = 20

    let queries: QueryDecoder
    private var depth = 0

    init(queries: QueryDecoder) { self.queries = queries }

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
        if depth == 0 { try PipelineValidation().check(found, at: field.path) }
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
        var kindName = ""
        for member in try definition.value.members(of: .search) {
            switch member.name {
            case "aggs", "aggregations": subaggregations = try aggregations(member)
            case "meta":
                guard member.element.kind == .object else {
                    throw ParseError(
                        .parsing, "Expected [START_OBJECT] under [meta], but got a [\(member.value.token)] in [\(definition.name)]",
                        at: member.path)
                }
                meta = JSONValue(member.element)
            default:
                guard let name = AggregationName(rawValue: member.name) else { throw unknown(member) }
                guard kind == nil else {
                    throw ParseError(
                        .parsing, "Found two aggregation type definitions in [\(definition.name)]: [\(member.name)]", at: member.path)
                }
                kindName = name.rawValue
                kind = try self.kind(name, Body(member, aggregation: definition.name))
            }
        }
        guard let kind else {
            throw ParseError(.parsing, "Missing definition for aggregation [\(definition.name)]", at: definition.path)
        }
        guard subaggregations.isEmpty || kind.takesSubaggregations else {
            throw ParseError(
                .other("aggregation_initialization_exception", [:]),
                "Aggregator [\(definition.name)] of type [\(kindName)] cannot accept sub-aggregations", at: definition.path)
        }
        return Aggregation(definition.name, kind, subaggregations: subaggregations, meta: meta)
    }

    /// A kind's body, and the name of the aggregation that it is of.
    struct Body {
        let field: Field
        let aggregation: String

        init(_ field: Field, aggregation: String) {
            self.field = field
            self.aggregation = aggregation
        }

        var path: JSONPath { field.path }
        /// The kind.
        var name: String { field.name }

        func members() throws(ParseError) -> [Field] { try field.value.members(of: .object(field.name)) }

        /// A whole number above zero.
        func aboveZero(_ member: Field) throws(ParseError) -> Int {
            let number = try member.int()
            guard number > 0 else {
                throw .argument("[\(member.name)] must be greater than 0. Found [\(number)] in [\(aggregation)]", at: member.path)
            }
            return number
        }

        func unknown(_ member: Field, _ known: [String] = ["field", "missing", "format"]) -> ParseError {
            Parser.object(field.name).unknown(member, known: known)
        }
    }

    private func kind(_ name: AggregationName, _ body: Body) throws(ParseError) -> Aggregation.Kind {
        switch name {
        case .terms: return .terms(try terms(body.field))
        case .composite: return .composite(try composite(body.field))
        case .range: return .range(try range(body.field, isDate: false))
        case .dateRange: return .range(try range(body.field, isDate: true))
        case .histogram: return .histogram(try histogram(body.field))
        case .dateHistogram: return .dateHistogram(try dateHistogram(body.field))
        case .filter: return .filter(try queries.query(body.field.value))
        case .filters: return .filters(try filters(body.field))
        case .missing: return .missing(field: try onlyField(body.field, ignoring: ["missing"]))
        case .global: return .global
        case .cardinality: return try cardinality(body.field, of: body.aggregation)
        case .nested:
            guard let path = try path(body.field) else {
                throw ParseError(.parsing, "Missing [path] field for nested aggregation [\(body.aggregation)]", at: body.path)
            }
            return .nested(path: path)
        case .reverseNested: return .reverseNested(path: try path(body.field))
        case .scriptedMetric: return .scriptedMetric(try ScriptedMetricAggregation(body.field))
        case .topHits: return .topHits(try topHits(body.field))
        case .min: return try metric(.min, body.field)
        case .max: return try metric(.max, body.field)
        case .avg: return try metric(.avg, body.field)
        case .sum: return try metric(.sum, body.field)
        case .stats: return try metric(.stats, body.field)
        case .extendedStats: return try metric(.extendedStats, body.field)
        case .valueCount: return try metric(.valueCount, body.field)
        case .percentiles, .percentileRanks, .medianAbsoluteDeviation, .boxplot: return .quantiles(try quantiles(name, body))
        case .children: return .join(JoinAggregation(.children, type: try joinType(body)))
        case .parent: return .join(JoinAggregation(.parents, type: try joinType(body)))
        case .tTest: return .tTest(try tTest(body))
        case .weightedAvg: return .weightedAverage(try weightedAverage(body))
        case .geoBounds, .geoCentroid: return .geoMetric(try geoMetric(name, body))
        case .stringStats: return .stringStatistics(try stringStatistics(body))
        case .topMetrics: return .topMetrics(try topMetrics(body))
        case .rate: return .rate(try rate(body))
        case .sampler, .diversifiedSampler, .randomSampler: return .sampler(try sampler(name, body))
        case .significantTerms, .significantText: return .significantTerms(try significantTerms(name, body))
        case .rareTerms: return .rareTerms(try rareTerms(body))
        case .multiTerms: return .multiTerms(try multiTerms(body))
        case .autoDateHistogram: return .autoDateHistogram(try autoDateHistogram(body))
        case .variableWidthHistogram: return .variableWidthHistogram(try variableWidthHistogram(body))
        case .adjacencyMatrix: return .adjacencyMatrix(try adjacencyMatrix(body))
        case .geohashGrid, .geotileGrid: return .geoGrid(try geoGrid(name, body))
        case .geoDistance: return .geoDistance(try geoDistance(body))
        case .ipRange: return .addressRange(try addressRange(body))
        case .ipPrefix: return .addressPrefix(try addressPrefix(body))
        case .matrixStats: return .matrixStatistics(try matrixStatistics(body))
        case .avgBucket, .sumBucket, .minBucket, .maxBucket, .statsBucket, .extendedStatsBucket, .percentilesBucket, .derivative,
            .cumulativeSum, .cumulativeCardinality, .movingFn, .movingPercentiles, .serialDiff, .normalize, .bucketScript,
            .bucketSelector, .bucketSort:
            return .pipeline(try pipeline(name, body))
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
        let hint = Suggestions(for: member.name, among: AggregationName.allCases.map(\.rawValue)).text.map { " did you mean \($0)" } ?? ""
        return ParseError(
            .parsing, "Unknown aggregation type [\(member.name)]\(hint)", at: member.path,
            causedBy: ParseError(.other("named_object_not_found_exception", [:]), "unknown field [\(member.name)]", at: member.path))
    }

    private func metric(_ metric: Aggregation.Metric, _ body: Field) throws(ParseError) -> Aggregation.Kind {
        var name: String?, format: String?
        var missing: QueryValue?
        var sigma = 2.0
        for field in try body.value.members(of: .object(metric.rawValue)) {
            switch field.name {
            case "field": name = try field.string()
            case "missing": missing = try field.queryValue()
            case "format": format = try field.text()
            case "sigma" where metric == .extendedStats:
                sigma = try field.double()
                guard sigma >= 0 else { throw .argument("[sigma] must be greater than or equal to 0. Found [\(sigma)] in [\(body.name)]", at: field.path) }
            case "value_type": _ = try field.text()
            default: throw Parser.object(metric.rawValue).unknown(field, known: ["field", "missing", "format"])
            }
        }
        guard let name else { throw requiredField(body) }
        return .metric(metric, field: name, missing: missing, format: format, sigma: sigma)
    }

    private func cardinality(_ body: Field, of aggregation: String) throws(ParseError) -> Aggregation.Kind {
        var name: String?, missing: QueryValue?
        for field in try body.value.members(of: .object("cardinality")) {
            switch field.name {
            case "field": name = try field.string()
            case "missing": missing = try field.queryValue()
            case "precision_threshold":
                let threshold = try field.double()
                guard threshold >= 0 else {
                    throw .argument("[precisionThreshold] must be greater than or equal to 0. Found [\(Int(clampedTo: threshold))] in [\(aggregation)]", at: field.path)
                }
            case "execution_hint", "rehash": _ = try field.text()
            default: throw Parser.object("cardinality").unknown(field, known: ["field", "missing", "precision_threshold"])
            }
        }
        guard let name else { throw requiredField(body) }
        return .cardinality(field: name, missing: missing)
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
            case "keyed": filters.isKeyed = try field.bool()
            default: throw Parser.query("filters").unknown(field, known: [])
            }
        }
        guard !filters.filters.isEmpty else { throw .argument("[filters] cannot be empty", at: body.path) }
        filters.otherName = otherBucket ? filters.otherName ?? "_other_" : nil
        return filters
    }

    private func topHits(_ body: Field) throws(ParseError) -> TopHitsAggregation {
        var hits = TopHitsAggregation()
        var isSourceGiven = false
        for field in try body.value.members(of: .query("top_hits")) {
            switch field.name {
            case "size": hits.size = try field.count()
            case "from": hits.from = try field.count()
            case "_source":
                hits.fetch.take(try SourceRequest(field))
                isSourceGiven = true
            case "script_fields": hits.fetch.scriptFields = try ScriptField.list(field)
            case "fields": hits.fetch.fields += try FieldRequest.list(field)
            case "docvalue_fields": hits.fetch.docValueFields += try FieldRequest.list(field)
            case "version": hits.fetch.version = try field.bool()
            case "seq_no_primary_term": hits.fetch.sequenceNumber = try field.bool()
            case "explain": hits.fetch.explains = try field.bool()
            case "highlight": hits.fetch.highlight = try Highlight(field.value, queries)
            case "track_scores": hits.tracksScores = try field.bool()
            case "sort": hits.sort = try Sort(field)
            case "stored_fields":
                let names = try field.strings()
                hits.fetch.storedFields = names.filter { !$0.hasPrefix("_") }
                if !names.contains("_source") { hits.fetch.source = .none }
            default: throw Parser.query("top_hits").unknown(field, known: [])
            }
        }
        if !hits.fetch.scriptFields.isEmpty, !isSourceGiven { hits.fetch.source = .none }
        guard hits.size + hits.from <= 100 else {
            throw .argument(
                "Top hits result window is too large, the top hits aggregator [\(body.name)]'s from + size must be less than or equal to: "
                    + "[100] but was [\(hits.size + hits.from)]. This limit can be set by changing the [index.max_inner_result_window] index level setting.",
                at: body.path)
        }
        return hits
    }
}

extension Int {
    /// The whole part of a number, at most as much as fits.
    init(clampedTo value: Double) { self = value.isNaN ? 0 : value >= 0x1p62 ? 1 << 62 : value <= -0x1p62 ? -(1 << 62) : Int(value) }
}

extension Aggregation.Kind {
    /// Whether it makes buckets.
    fileprivate var takesSubaggregations: Bool {
        switch self {
        case .metric, .cardinality, .topHits, .quantiles, .weightedAverage, .geoMetric, .stringStatistics, .topMetrics, .rate, .pipeline,
            .scriptedMetric, .matrixStatistics, .tTest:
            false
        case .terms, .composite, .range, .histogram, .dateHistogram, .filter, .filters, .missing, .global, .sampler, .significantTerms,
            .rareTerms, .multiTerms, .autoDateHistogram, .variableWidthHistogram, .adjacencyMatrix, .geoGrid, .geoDistance, .nested,
            .reverseNested, .addressRange, .addressPrefix, .join:
            true
        }
    }
}
