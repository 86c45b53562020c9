internal import JSON
internal import Mapping
internal import Query

extension AggregationDecoder {
    func quantiles(_ name: AggregationName, _ body: Body) throws(ParseError) -> QuantilesAggregation {
        var quantiles = QuantilesAggregation(field: "", output: .boxplot)
        var target: String?, percents: [Double]?, values: [Double]?
        for field in try body.members() {
            switch field.name {
            case "field": target = try field.string()
            case "missing": quantiles.missing = try field.queryValue()
            case "format": quantiles.format = try field.text()
            case "keyed" where name == .percentiles || name == .percentileRanks: quantiles.isKeyed = try field.bool()
            case "percents" where name == .percentiles: percents = try numbers(field)
            case "values" where name == .percentileRanks: values = try numbers(field)
            case "tdigest" where name == .percentiles || name == .percentileRanks:
                quantiles.method = .digest(compression: try compression(field, Parser.object("tdigest")))
            case "hdr" where name == .percentiles || name == .percentileRanks: quantiles.method = .histogram(digits: try digits(field))
            case "compression" where name == .boxplot || name == .medianAbsoluteDeviation:
                let compression = try field.double()
                guard compression > 0 else {
                    throw .argument("[compression] must be greater than 0. Found [\(compression)] in [\(body.aggregation)]", at: field.path)
                }
                quantiles.method = .digest(compression: compression)
            case "execution_hint": try executionHint(field)
            default: throw body.unknown(field, ["field", "missing", "format", "keyed", "percents", "values", "compression"])
            }
        }
        guard let target else { throw requiredField(body.field) }
        quantiles.field = target
        switch name {
        case .percentiles:
            let percents = percents ?? QuantilesAggregation.defaultPercents
            guard !percents.isEmpty else { throw .argument("[percents] must not be empty: [\(body.aggregation)]", at: body.path) }
            if let wrong = percents.first(where: { !(0...100).contains($0) }) {
                throw .argument("percent must be in [0,100], got [\(wrong)]: [\(body.aggregation)]", at: body.path)
            }
            quantiles.output = .percentiles(percents.sorted())
        case .percentileRanks:
            guard let values, !values.isEmpty else {
                throw .argument("[values] must not be an empty array: [\(body.aggregation)]", at: body.path)
            }
            quantiles.output = .ranks(values.sorted())
        case .medianAbsoluteDeviation: quantiles.output = .medianAbsoluteDeviation
        default: quantiles.output = .boxplot
        }
        return quantiles
    }

    func numbers(_ field: Field) throws(ParseError) -> [Double] {
        if field.element.isNull { throw field.unexpected }
        var numbers: [Double] = []
        for node in field.oneOrMany() { numbers.append(try Field(name: field.name, value: node, parser: field.parser).double()) }
        guard numbers.count <= 10_000 else { throw field.unexpected }
        return numbers
    }

    private func compression(_ field: Field, _ parser: Parser) throws(ParseError) -> Double {
        var compression = 100.0
        for member in try field.value.members(of: parser) {
            switch member.name {
            case "compression":
                compression = try member.double()
                guard compression >= 0 else {
                    throw .argument("[compression] must be greater than or equal to 0. Found [\(compression)]", at: member.path)
                }
            case "execution_hint": try executionHint(member)
            default: throw parser.unknown(member, known: ["compression", "execution_hint"])
            }
        }
        return compression
    }

    private func executionHint(_ field: Field) throws(ParseError) {
        let hint = try field.string()
        guard ["default", "high_accuracy"].contains(hint) else {
            throw .argument("Invalid execution_hint [\(hint)], valid values are [default, high_accuracy]", at: field.path)
        }
    }

    private func digits(_ field: Field) throws(ParseError) -> Int {
        var digits = 3
        for member in try field.value.members(of: .object("hdr")) {
            guard member.name == "number_of_significant_value_digits" else {
                throw Parser.object("hdr").unknown(member, known: ["number_of_significant_value_digits"])
            }
            digits = try member.int()
            guard (0...5).contains(digits) else {
                throw .argument("[numberOfSignificantValueDigits] must be between 0 and 5", at: member.path)
            }
        }
        return digits
    }

    func weightedAverage(_ body: Body) throws(ParseError) -> WeightedAverageAggregation {
        var value: WeightedAverageAggregation.Part?, weight: WeightedAverageAggregation.Part?, format: String?
        for field in try body.members() {
            switch field.name {
            case "value": value = try part(field)
            case "weight": weight = try part(field)
            case "format": format = try field.text()
            case "value_type": _ = try field.text()
            default: throw body.unknown(field, ["value", "weight", "format"])
            }
        }
        guard let value else { throw .argument("[value] field must be set", at: body.path) }
        guard let weight else { throw .argument("[weight] field must be set", at: body.path) }
        return WeightedAverageAggregation(value: value, weight: weight, format: format)
    }

    private func part(_ body: Field) throws(ParseError) -> WeightedAverageAggregation.Part {
        var name: String?, missing: QueryValue?
        for field in try body.value.members(of: .object("multi_values_source")) {
            switch field.name {
            case "field": name = try field.string()
            case "missing": missing = try field.queryValue()
            default: throw Parser.object("multi_values_source").unknown(field, known: ["field", "missing"])
            }
        }
        guard let name else { throw requiredField(body) }
        return .init(field: name, missing: missing)
    }

    func geoMetric(_ name: AggregationName, _ body: Body) throws(ParseError) -> GeoMetricAggregation {
        var target: String?, wraps = true
        for field in try body.members() {
            switch field.name {
            case "field": target = try field.string()
            case "wrap_longitude" where name == .geoBounds: wraps = try field.bool()
            default: throw body.unknown(field, ["field", "wrap_longitude"])
            }
        }
        guard let target else { throw requiredField(body.field) }
        return GeoMetricAggregation(field: target, output: name == .geoBounds ? .bounds(wrapsLongitude: wraps) : .centroid)
    }

    func stringStatistics(_ body: Body) throws(ParseError) -> StringStatisticsAggregation {
        var target: String?
        var strings = StringStatisticsAggregation(field: "")
        for field in try body.members() {
            switch field.name {
            case "field": target = try field.string()
            case "missing": strings.missing = try field.queryValue()
            case "show_distribution": strings.showsDistribution = try field.bool()
            case "format": _ = try field.text()
            default: throw body.unknown(field, ["field", "missing", "show_distribution"])
            }
        }
        guard let target else { throw requiredField(body.field) }
        strings.field = target
        return strings
    }

    func topMetrics(_ body: Body) throws(ParseError) -> TopMetricsAggregation {
        var metrics: [String] = [], sort: Sort?, size = 1
        for field in try body.members() {
            switch field.name {
            case "metrics":
                for node in field.oneOrMany() {
                    guard let member = try node.members(of: .object("metrics")).first(where: { $0.name == "field" }) else {
                        throw .argument("[metrics] requires [field]", at: field.path)
                    }
                    metrics.append(try member.string())
                }
            case "sort": sort = try Sort(field)
            case "size":
                size = try field.int()
                guard size > 0 else { throw .argument("[size] must be more than 0 but was [\(size)]", at: field.path) }
                guard size <= 10 else {
                    throw .argument(
                        "[top_metrics.size] must not be more than [10] but was [\(size)]. This limit can be set by changing the "
                            + "[index.top_metrics_max_size] index level setting.", at: field.path)
                }
            default: throw body.unknown(field, ["metrics", "sort", "size"])
            }
        }
        guard let sort, !sort.clauses.isEmpty else {
            throw ParseError(.argument, "Required [sort]", at: body.path)
        }
        guard sort.clauses.count == 1 else { throw .argument("A single sort is allowed", at: body.path) }
        guard !metrics.isEmpty else { throw .argument("[metrics] must contain at least one field", at: body.path) }
        return TopMetricsAggregation(metrics: metrics, sort: sort, size: size)
    }

    func rate(_ body: Body) throws(ParseError) -> RateAggregation {
        var rate = RateAggregation()
        for field in try body.members() {
            switch field.name {
            case "field": rate.field = try field.string()
            case "unit":
                let text = try field.string()
                guard let unit = Self.rateUnits[text] else { throw .argument("Unsupported unit \(text)", at: field.path) }
                rate.unit = unit
            case "mode":
                let text = try field.string()
                guard let mode = RateAggregation.Mode(rawValue: text.lowercased()) else {
                    throw .argument("Unsupported value for rate mode [\(text)]", at: field.path)
                }
                rate.mode = mode
            case "format": rate.format = try field.text()
            default: throw body.unknown(field, ["field", "unit", "mode", "format"])
            }
        }
        return rate
    }

    private static let rateUnits: [String: DateInterval] = [
        "second": .milliseconds(1000), "1s": .milliseconds(1000), "minute": .minute, "1m": .minute, "hour": .hour, "1h": .hour,
        "day": .day, "1d": .day, "week": .week, "1w": .week, "month": .month, "1M": .month, "quarter": .quarter, "1q": .quarter,
        "year": .year, "1y": .year,
    ]
}
