public import Mapping

extension Planner {
    func plan(_ query: FunctionScoreQuery) throws(PlanningError) -> QueryPlan {
        let inner = try plan(query.query)
        if inner == .matchNone { return .matchNone }
        var functions: [FunctionScorePlan.Function] = []
        for (number, function) in query.functions.enumerated() {
            let filter = try function.filter.map { filter throws(PlanningError) in try plan(filter) }
            if filter == .matchNone { continue }
            functions.append(
                FunctionScorePlan.Function(
                    filter: filter == .matchAll ? nil : filter, kind: try kind(of: function, number: number),
                    weight: function.weight))
        }
        return .functionScore(
            FunctionScorePlan(
                query: inner, functions: functions, scoreMode: query.scoreMode, boostMode: query.boostMode,
                maximumBoost: query.maximumBoost, minimumScore: query.minimumScore))
    }

    private func kind(
        of function: FunctionScoreQuery.Function, number: Int
    ) throws(PlanningError) -> FunctionScorePlan.Kind {
        switch function.kind {
        case .weight: return .weight
        // Without a seed, each search is another.
        case .random(let seed, let field):
            if field == "_id" { throw .idHasNoColumn }
            var values: String?
            // Of `_seq_no` and the like, each document has its own.
            if let field, !field.hasPrefix("_") {
                guard let known = mapping.field(field) else { throw .randomFieldNotMapped(field, index: indexName ?? "") }
                if known.type.text != nil { throw .textNotAggregatable(field) }
                values = mapping.target(of: field)
            }
            return .random(seed: seed ?? Int(truncatingIfNeeded: now) &+ number, field: values)
        case .fieldValue(let function):
            guard let field = mapping.field(function.field) else {
                guard function.missing != nil else { throw .functionFieldNotMapped(function.field) }
                return .fieldValue(function, .doubles)
            }
            guard let column = field.type.numberColumn else {
                throw .functionNotSupported(field: function.field, type: field.type.name)
            }
            return .fieldValue(function, column)
        case .decay(let decay): return .decay(try plan(decay))
        case .script(let reference):
            return .script(try scriptPlan(ScriptScoreQuery(query: .matchAll, script: reference), .matchAll))
        }
    }

    private func plan(_ decay: DecayFunction) throws(PlanningError) -> DecayPlan {
        guard let field = mapping.field(decay.field) else { throw .unknownDecayField(decay.field) }
        let distance: DecayPlan.Distance, scale: Double?, offset: Double?
        switch (field.type, decay.origin) {
        case (.geoPoint, .point(let origin)?):
            distance = .fromPlace(latitude: origin.latitude, longitude: origin.longitude)
            scale = DistanceUnit.metres(decay.scale.scalar.text)
            offset = decay.offset.map { DistanceUnit.metres($0.scalar.text) } ?? 0
        case (.date, .value(_)?), (.date, nil):
            guard case .long(let origin) = try date(decay.origin, decay.field, field) else {
                throw .malformedDecay(field: decay.field, parameter: "origin")
            }
            distance = .fromNumber(Double(origin), .longs(scale: 1))
            scale = TimeValue.milliseconds(decay.scale.scalar.text)
            offset = decay.offset.map { TimeValue.milliseconds($0.scalar.text) } ?? 0
        case (.number, .value(let origin)?):
            guard let column = field.type.numberColumn, let number = Double(origin.scalar.text) else {
                throw .malformedDecay(field: decay.field, parameter: "origin")
            }
            distance = .fromNumber(number, column)
            scale = Double(decay.scale.scalar.text)
            offset = decay.offset.map { Double($0.scalar.text) } ?? 0
        default: throw .functionNotSupported(field: decay.field, type: field.type.name)
        }
        guard let scale, scale > 0, scale.isFinite else { throw .malformedDecay(field: decay.field, parameter: "scale") }
        guard let offset, offset >= 0, offset.isFinite else { throw .malformedDecay(field: decay.field, parameter: "offset") }
        return DecayPlan(
            field: decay.field, distance: distance, shape: decay.shape, scale: scale, offset: offset, decay: decay.decay,
            multiValueMode: decay.multiValueMode)
    }

    private func date(
        _ origin: DecayFunction.Origin?, _ path: String, _ field: FieldMapping
    ) throws(PlanningError) -> IndexedValue? {
        guard case .value(let value)? = origin else { return .long(now) }
        do {
            return try field.term(value.scalar, dates: DateContext(now: now))
        } catch {
            throw .malformedValue(field: path, type: field.type.name, cause: error)
        }
    }
}

extension FieldType {
    /// Where the numbers of a field are; nil for one that has none.
    public var numberColumn: FunctionScorePlan.Column? {
        switch self {
        case .number(.scaledFloat(let factor)): .longs(scale: 1 / factor)
        case .number(let type): type.isFloatingPoint ? .doubles : .longs(scale: 1)
        case .date, .boolean: .longs(scale: 1)
        case .served(let served):
            switch served.column {
            case .longs, .unsigned: .longs(scale: 1)
            case .nanoseconds: .longs(scale: 1e-6)
            case .doubles: .doubles
            case .none, .terms, .features, .constant: nil
            }
        case .keyword, .text, .geoPoint, .denseVector: nil
        }
    }
}
