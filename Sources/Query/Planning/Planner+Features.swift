internal import JSON
internal import Mapping

extension Planner {
    func plan(_ query: FeatureQuery) throws(PlanningError) -> QueryPlan {
        switch query {
        case .rank(let query): try plan(query)
        case .sparse(let query): try plan(query)
        case .distance(let query): try plan(query)
        }
    }

    private func plan(_ query: RankFeatureQuery) throws(PlanningError) -> QueryPlan {
        var path = mapping.target(of: query.field)
        var feature = FeatureWeight.onlyName
        var field = mapping.field(path)
        if field == nil, let dot = path.lastIndex(of: ".") {
            feature = String(path[path.index(after: dot)...])
            path = mapping.target(of: String(path[..<dot]))
            field = mapping.field(path)
            guard case .served(let served)? = field?.type, served.hasNamedFeatures else { return .matchNone }
        }
        guard let field else { return .matchNone }
        guard case .served(let served) = field.type, let isPositive = served.hasPositiveImpact,
            served.hasNamedFeatures == (feature != FeatureWeight.onlyName)
        else { throw .notAFeature(type: field.type.name) }
        if !isPositive, case .log = query.function { throw .logOfNegativeFeature }
        return .special(.rank(RankFeaturePlan(field: path, feature: feature, function: query.function)))
    }

    private func plan(_ query: SparseVectorQuery) throws(PlanningError) -> QueryPlan {
        let path = mapping.target(of: query.field)
        guard let field = mapping.field(path) else { return .matchNone }
        guard case .served(let served) = field.type, served.isSparseVector || served.hasNamedFeatures else {
            throw .notASparseVector(field: query.field, type: field.type.name)
        }
        let options = field.parameters["index_options"]?.object
        var prunes = query.prunes ?? served.isSparseVector
        if query.prunes == nil, case .bool(let value)? = options?["prune"] { prunes = value }
        var pruning: SparseVectorQuery.Pruning?
        if prunes {
            var standard = SparseVectorQuery.Pruning()
            if let given = options?["pruning_config"]?.object {
                if let ratio = given["tokens_freq_ratio_threshold"]?.number { standard.frequencyRatio = Float(ratio) }
                if let ratio = given["tokens_weight_threshold"]?.number { standard.weightRatio = Float(ratio) }
            }
            pruning = query.pruning ?? standard
        }
        if query.tokens.isEmpty { return .matchNone }
        return .special(.sparse(SparseVectorPlan(field: path, tokens: query.tokens, pruning: pruning)))
    }

    private func plan(_ query: DistanceFeatureQuery) throws(PlanningError) -> QueryPlan {
        let path = mapping.target(of: query.field)
        guard let field = mapping.field(path) else { return .matchNone }
        let origin: NearnessPlan.Origin, pivot: Double?
        switch (field.type, query.origin) {
        case (.geoPoint, .point(let point)):
            origin = .point(latitude: point.latitude, longitude: point.longitude)
            pivot = DistanceUnit.metres(query.pivot)
        case (.geoPoint, .value(let value)):
            let point: GeoPoint
            do {
                point = try GeoPoint(text: value.scalar.text)
            } catch {
                throw .malformedValue(field: query.field, type: field.type.name, cause: .malformedPoint(error))
            }
            origin = .point(latitude: point.latitude, longitude: point.longitude)
            pivot = DistanceUnit.metres(query.pivot)
        case (.date, .value(let value)):
            origin = .number(try moment(value, query.field, field))
            pivot = TimeValue.milliseconds(query.pivot)
        case (.served(let served), .value(let value)):
            guard case .nanoseconds = served.column else { throw .distanceNotSupported(type: field.type.name) }
            origin = .number(try moment(value, query.field, field))
            pivot = TimeValue.milliseconds(query.pivot).map { $0 * 1_000_000 }
        case (.date, .point), (.served, .point), (.keyword, _), (.text, _), (.number, _), (.boolean, _), (.denseVector, _):
            throw .distanceNotSupported(type: field.type.name)
        }
        guard let pivot, pivot > 0 else { throw .malformedDecay(field: query.field, parameter: "pivot") }
        return .special(.nearness(NearnessPlan(field: path, origin: origin, pivot: pivot)))
    }

    private func moment(_ value: QueryValue, _ path: String, _ field: FieldMapping) throws(PlanningError) -> Int64 {
        do {
            switch try field.match(value.scalar, dates: DateContext(now: now)) {
            case .value(.long(let value)): return value
            case .range(.longs(let range)): return range.lowerBound
            default: return 0
            }
        } catch {
            throw .malformedValue(field: path, type: field.type.name, cause: error)
        }
    }
}

extension JSONValue {
    fileprivate var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        case .float(let value): Double(value)
        default: nil
        }
    }
}
