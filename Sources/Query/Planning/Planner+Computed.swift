internal import JSON
public import Mapping
public import Scripts

/// Scripts of queries, sorts, aggregations and runtime fields, bound to the mapping.
extension Planner {
    /// How a field's values stand in columns, as scripts that are computed of whole columns need to know.
    func columnKind(_ path: String) -> ColumnKind? {
        guard let field = mapping.field(path), field.parameters["doc_values"] != .bool(false) else { return nil }
        switch field.type {
        case .number(.scaledFloat): return .doubles
        // The top bit of an unsigned number is flipped where it is indexed.
        case .number(.unsignedLong): return .others
        case .number(let type): return type.isFloatingPoint ? .doubles : .longs
        case .boolean: return .booleans
        case .date: return .dates
        case .keyword, .geoPoint: return .others
        default: return nil
        }
    }

    /// The script that a request names.
    func resolve(_ reference: ScriptReference) throws(PlanningError) -> Script {
        switch reference {
        case .inline(let script): return script
        case .stored(let id, let parameters):
            guard var script = storedScript(id) else { throw .storedScriptMissing(id) }
            script.parameters = parameters
            return script
        }
    }

    func script(_ reference: ScriptReference, for purpose: ValueScript.Purpose) throws(PlanningError) -> ValueScript {
        try compiled(try resolve(reference), for: purpose)
    }

    /// A script that is not part of the query.
    func computed(_ reference: ScriptReference) throws(PlanningError) -> ValueScript {
        do {
            return try script(reference, for: .value)
        } catch {
            guard case .script(let cause) = error else { throw error }
            throw .computedScript(cause)
        }
    }

    private func compiled(_ script: Script, for purpose: ValueScript.Purpose) throws(PlanningError) -> ValueScript {
        noteRuntimeFields(script)
        do {
            return try ValueScript(script, for: purpose) { [self] in columnKind($0) }
        } catch {
            throw .script(error)
        }
    }

    /// A script may ask for any runtime field whose name stands in it or in its parameters.
    func noteRuntimeFields(_ script: Script) {
        if mapping.runtime.isEmpty { return }
        let parameters = Self.text(script.parameters)
        for name in mapping.runtime.named.keys
        where Self.asks(script.source, for: name) || parameters.contains("\"\(name)\"") {
            _ = mapping.field(name)
        }
    }

    static func text(_ parameters: ScriptParameters) -> String {
        parameters.isEmpty ? "" : String(decoding: parameters.json.serialized(), as: UTF8.self)
    }

    // MARK: Queries

    func plan(_ query: ScriptReference) throws(PlanningError) -> QueryPlan {
        .script(ScriptPlan(script: try script(query, for: .filter), mapping: mapping))
    }

    func plan(_ query: TermsSetQuery) throws(PlanningError) -> QueryPlan {
        guard query.terms.count <= maximumTerms else { throw .tooManyTerms(count: query.terms.count, limit: maximumTerms) }
        if query.terms.isEmpty { return .matchNone }
        var terms: [QueryPlan] = []
        for value in query.terms { terms.append(try plan(TermQuery(field: query.field, value: value))) }
        let minimum: TermsSetPlan.Minimum
        switch query.minimum {
        case .given(let given): minimum = .given(given.count(of: query.terms.count))
        case .field(let path):
            guard let field = mapping.field(path) else { throw .unknownTermsSetField(path) }
            guard case .longs(scale: 1)? = field.type.numberColumn else {
                throw .termsSetFieldNotSupported(field: path, type: field.type.name)
            }
            minimum = .field(path)
        case .script(let reference):
            var script = try resolve(reference)
            script.parameters = script.parameters.adding("num_terms", .int(query.terms.count))
            minimum = .script(ScriptPlan(script: try compiled(script, for: .value), mapping: mapping))
        }
        return .termsSet(TermsSetPlan(terms: terms, minimum: minimum))
    }

    func plan(_ aggregation: ScriptedMetricAggregation) throws(PlanningError) -> ScriptedMetricPlan {
        let initial = try aggregation.initial.map { script throws(PlanningError) in try resolve(script) }
        let map = try resolve(aggregation.map), combine = try resolve(aggregation.combine), reduce = try resolve(aggregation.reduce)
        for script in [initial, map].compactMap(\.self) { noteRuntimeFields(script) }
        do {
            let metric = try ScriptedMetric(
                initial: initial, map: map, combine: combine, reduce: reduce, parameters: aggregation.parameters)
            return ScriptedMetricPlan(metric: metric, mapping: mapping)
        } catch {
            throw .computedScript(error)
        }
    }
}

extension FieldType {
    /// What scripts of a runtime field of this type emit.
    public var emittedType: EmittedType {
        switch self {
        case .number(let type): type.isFloatingPoint ? .double : .long
        case .date: .long
        case .boolean: .boolean
        case .geoPoint: .point
        default: .string
        }
    }
}
