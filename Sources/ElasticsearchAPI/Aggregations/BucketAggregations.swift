internal import JSON
internal import Mapping
internal import Query

extension AggregationDecoder {
    func sampler(_ name: AggregationName, _ body: Body) throws(ParseError) -> SamplerAggregation {
        var shardSize = 100, target: String?, perValue = 1, probability: Double?, seed: Int?, shardSeed: Int?
        for field in try body.members() {
            switch field.name {
            case "shard_size" where name != .randomSampler: shardSize = try field.count()
            case "field" where name == .diversifiedSampler: target = try field.string()
            case "max_docs_per_value" where name == .diversifiedSampler: perValue = try field.count()
            case "execution_hint" where name == .diversifiedSampler: _ = try field.string()
            case "probability" where name == .randomSampler: probability = try field.double()
            case "seed" where name == .randomSampler: seed = try field.int()
            case "shard_seed" where name == .randomSampler: shardSeed = try field.int()
            default: throw body.unknown(field, ["shard_size", "field", "max_docs_per_value", "probability", "seed"])
            }
        }
        switch name {
        case .diversifiedSampler:
            guard let target else { throw requiredField(body.field) }
            return .diverse(field: target, perValue: perValue, shardSize: shardSize)
        case .randomSampler:
            guard let probability else { throw .argument("Required [probability]", at: body.path) }
            guard probability > 0 else {
                throw .argument("[probability] must be greater than 0.0, was [\(probability)]", at: body.path)
            }
            guard probability <= 0.5 || probability == 1 else {
                throw .argument("[probability] must be between 0.0 and 0.5 or exactly 1.0, was [\(probability)]", at: body.path)
            }
            return .random(probability: probability, seed: seed ?? .random(in: 0...Int(Int32.max)), shardSeed: shardSeed)
        default: return .best(shardSize: shardSize)
        }
    }

    func significantTerms(_ name: AggregationName, _ body: Body) throws(ParseError) -> SignificantTermsAggregation {
        var terms = SignificantTermsAggregation(field: "", isOfTexts: name == .significantText)
        var target: String?
        for field in try body.members() {
            switch field.name {
            case "field": target = try field.string()
            case "size": terms.size = try body.aboveZero(field)
            case "shard_size": terms.shardSize = try field.count()
            case "min_doc_count": terms.minimumCount = try field.count()
            case "shard_min_doc_count": _ = try field.count()
            case "background_filter": terms.background = try queries.query(field.value)
            case "include": terms.include = try selection(field)
            case "exclude": terms.exclude = try selection(field)
            case "format": terms.format = try field.text()
            case "execution_hint", "missing", "value_type": _ = try field.text()
            case "filter_duplicate_text" where terms.isOfTexts: terms.skipsDuplicates = try field.bool()
            case "source_fields" where terms.isOfTexts: terms.sourceFields = try field.strings()
            case "jlh", "chi_square", "mutual_information", "gnd", "percentage": terms.heuristic = try heuristic(field)
            default: throw body.unknown(field, ["field", "size", "shard_size", "min_doc_count", "background_filter", "include", "exclude"])
            }
        }
        guard let target else { throw requiredField(body.field) }
        terms.field = target
        return terms
    }

    private func heuristic(_ body: Field) throws(ParseError) -> SignificantTermsAggregation.Heuristic {
        var includesNegatives = false, isSuperset = true
        for field in try body.value.members(of: .object(body.name)) {
            switch field.name {
            case "include_negatives" where body.name == "chi_square" || body.name == "mutual_information":
                includesNegatives = try field.bool()
            case "background_is_superset" where body.name != "jlh" && body.name != "percentage": isSuperset = try field.bool()
            default: throw Parser.object(body.name).unknown(field, known: ["include_negatives", "background_is_superset"])
            }
        }
        switch body.name {
        case "chi_square": return .chiSquare(includesNegatives: includesNegatives, backgroundIsSuperset: isSuperset)
        case "mutual_information": return .mutualInformation(includesNegatives: includesNegatives, backgroundIsSuperset: isSuperset)
        case "gnd": return .googleDistance(backgroundIsSuperset: isSuperset)
        case "percentage": return .percentage
        default: return .jlh
        }
    }

    func rareTerms(_ body: Body) throws(ParseError) -> RareTermsAggregation {
        var terms = RareTermsAggregation(field: "")
        var target: String?
        for field in try body.members() {
            switch field.name {
            case "field": target = try field.string()
            case "max_doc_count":
                terms.maximumCount = try body.aboveZero(field)
                guard terms.maximumCount <= 100 else {
                    throw .argument("[max_doc_count] must be smaller than 100. Found [\(terms.maximumCount)] in [\(body.aggregation)]", at: field.path)
                }
            case "missing": terms.missing = try field.queryValue()
            case "include": terms.include = try selection(field)
            case "exclude": terms.exclude = try selection(field)
            case "format": terms.format = try field.text()
            case "value_type": _ = try field.text()
            case "precision":
                let precision = try field.double()
                guard precision >= 0.00001 else {
                    throw .argument("[precision] must be greater than 0.00001", at: field.path)
                }
            default: throw body.unknown(field, ["field", "max_doc_count", "precision", "missing", "include", "exclude", "format"])
            }
        }
        guard let target else { throw requiredField(body.field) }
        terms.field = target
        return terms
    }

    func multiTerms(_ body: Body) throws(ParseError) -> MultiTermsAggregation {
        var multi = MultiTermsAggregation(terms: [])
        for field in try body.members() {
            switch field.name {
            case "terms": for node in field.oneOrMany() { multi.terms.append(try term(node, body)) }
            case "size": multi.size = try body.aboveZero(field)
            case "shard_size": multi.shardSize = try field.count()
            case "min_doc_count": multi.minimumCount = try field.count()
            case "shard_min_doc_count": _ = try field.count()
            case "order": multi.order = try orders(field)
            case "show_term_doc_count_error": multi.showsError = try field.bool()
            case "collect_mode": _ = try field.text()
            default: throw body.unknown(field, ["terms", "size", "shard_size", "min_doc_count", "order"])
            }
        }
        guard multi.terms.count >= 2 else {
            throw .argument(
                "The [terms] parameter in the aggregation [\(body.aggregation)] must be present and have at least 2 fields or scripts." ,
                at: body.path)
        }
        guard multi.terms.count <= 64 else { throw .argument("[terms] has more than 64 fields", at: body.path) }
        return multi
    }

    private func term(_ node: Node, _ body: Body) throws(ParseError) -> MultiTermsAggregation.Term {
        var name: String?, term = MultiTermsAggregation.Term(field: "")
        for field in try node.members(of: .object("multi_terms")) {
            switch field.name {
            case "field": name = try field.string()
            case "missing": term.missing = try field.queryValue()
            case "format": term.format = try field.text()
            case "value_type", "time_zone": _ = try field.text()
            default: throw body.unknown(field)
            }
        }
        guard let name else { throw requiredField(body.field) }
        term.field = name
        return term
    }

    func autoDateHistogram(_ body: Body) throws(ParseError) -> AutoDateHistogramAggregation {
        var histogram = AutoDateHistogramAggregation(field: "")
        var target: String?
        for field in try body.members() {
            switch field.name {
            case "field": target = try field.string()
            case "buckets":
                histogram.buckets = try buckets(field, body)
                guard histogram.buckets <= 2184 else {
                    throw .argument("[buckets] must be less than 2184", at: field.path)
                }
            case "minimum_interval":
                let text = try field.string()
                guard ["year", "month", "day", "hour", "minute", "second"].contains(text) else {
                    throw .argument("minimum_interval must be one of [year, month, day, hour, minute, second] but was [\(text)]", at: field.path)
                }
                histogram.minimumInterval = text
            case "format": histogram.format = try field.text()
            case "time_zone": histogram.timeZone = try field.string()
            case "missing": histogram.missing = try field.queryValue()
            default: throw body.unknown(field, ["field", "buckets", "minimum_interval", "format", "time_zone", "missing"])
            }
        }
        guard let target else { throw requiredField(body.field) }
        histogram.field = target
        return histogram
    }

    private func buckets(_ field: Field, _ body: Body) throws(ParseError) -> Int {
        let count = try field.int()
        guard count > 0 else { throw .argument("[buckets] must be greater than 0 for [\(body.aggregation)]", at: field.path) }
        return count
    }

    func variableWidthHistogram(_ body: Body) throws(ParseError) -> VariableWidthHistogramAggregation {
        var histogram = VariableWidthHistogramAggregation(field: "")
        var target: String?
        for field in try body.members() {
            switch field.name {
            case "field": target = try field.string()
            case "buckets":
                histogram.buckets = try buckets(field, body)
                guard histogram.buckets <= 50_000 else { throw .argument("buckets must be less than 50000", at: field.path) }
            case "shard_size":
                let size = try field.int()
                guard size > 1 else { throw .argument("shard_size must be greater than 1 for [\(body.aggregation)]", at: field.path) }
                histogram.shardSize = size
            case "initial_buffer":
                guard try field.int() > 0 else {
                    throw .argument("initial_buffer must be greater than 0 for [\(body.aggregation)]", at: field.path)
                }
            case "missing": histogram.missing = try field.queryValue()
            default: throw body.unknown(field, ["field", "buckets", "shard_size", "initial_buffer", "missing"])
            }
        }
        guard let target else { throw requiredField(body.field) }
        histogram.field = target
        return histogram
    }

    func adjacencyMatrix(_ body: Body) throws(ParseError) -> AdjacencyMatrixAggregation {
        var matrix = AdjacencyMatrixAggregation(filters: [])
        for field in try body.members() {
            switch field.name {
            case "filters":
                for member in try field.value.members(of: .object("adjacency_matrix")) {
                    matrix.filters.append((member.name, try queries.query(member.value)))
                }
            case "separator": matrix.separator = try field.string()
            default: throw body.unknown(field, ["filters", "separator"])
            }
        }
        guard !matrix.filters.isEmpty else { throw .argument("[filters] cannot be empty", at: body.path) }
        guard matrix.filters.count <= 1024 else {
            throw .argument("Number of filters is too large, must be less than or equal to: [1024] but was [\(matrix.filters.count)]", at: body.path)
        }
        matrix.filters.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        return matrix
    }
}
