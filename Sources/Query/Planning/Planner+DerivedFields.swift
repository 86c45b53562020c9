internal import JSON
internal import Mapping
internal import Scripts

/// Fields that are computed for one search.
extension Planner {
    /// What plans for a part of the search that has computed fields of its own.
    func computing(_ fields: [ComputedField]) throws(PlanningError) -> Planner {
        // What their scripts ask for is computed for the search as a whole.
        for field in fields {
            switch field.kind {
            case .script(let script), .changed(_, let script): noteRuntimeFields(try resolve(script))
            case .distance: break
            }
        }
        var planner = Planner(
            mapping: mapping, now: now, size: size, maximumTerms: maximumTerms, maximumInnerHits: maximumInnerHits,
            maximumRegexpLength: maximumRegexpLength, indexName: indexName, computed: fields, storedScript: storedScript)
        planner.scope = scope
        planner.allowsExpensiveQueries = allowsExpensiveQueries
        (planner.shardPosition, planner.shardCount) = (shardPosition, shardCount)
        return planner
    }

    func plan(_ fields: [ScriptField]) throws(PlanningError) -> [ScriptFieldPlan] {
        try fields.map { field throws(PlanningError) in
            ScriptFieldPlan(name: field.name, script: try computed(field.script), ignoresFailure: field.ignoresFailure)
        }
    }

    /// What of a search's computed fields was asked for while it was planned.
    func derivedFields() throws(PlanningError) -> [DerivedField] {
        var found: [DerivedField] = []
        for field in computed where mapping.runtime.used.contains(field.name) {
            let computation: DerivedField.Computation
            switch field.kind {
            case .script(let reference): computation = .script(try computed(reference))
            case .changed(let path, let reference): computation = .changed(field: path, try computed(reference))
            case .distance(let distance):
                if let mapped = mapping.field(distance.field) {
                    guard case .geoPoint = mapped.type else {
                        throw .geoNotSupported(field: distance.field, type: mapped.type.name)
                    }
                } else if !distance.ignoresUnmapped {
                    throw .geoFieldNotMapped(distance.field)
                }
                computation = .distance(distance)
            }
            guard let type = mapping.field(field.name) else { continue }
            found.append(DerivedField(name: field.name, field: type, computation: computation))
        }
        return found
    }

    /// The runtime fields that were asked for, each after those that its script asks for.
    ///
    /// - Throws: `PlanningError.script`, `.cyclicRuntimeFields`.
    public func runtimeFields() throws(PlanningError) -> [DerivedField] {
        let own = Set(computed.map(\.name))
        var found: [DerivedField] = []
        var path: [String] = []
        for name in mapping.runtime.used.subtracting(own).sorted() { try add(name, to: &found, &path) }
        return found
    }

    /// Runtime fields that some patterns of `fields` name.
    ///
    /// - Throws: as `runtimeFields()`.
    public func runtimeFields(matching patterns: [String]) throws(PlanningError) -> [DerivedField] {
        var found: [DerivedField] = []
        var path: [String] = []
        let wildcards = patterns.map { WildcardPattern($0) }
        for name in mapping.runtime.named.keys.sorted() where wildcards.contains(where: { $0.matches(name) }) {
            try add(name, to: &found, &path)
        }
        return found
    }

    private func add(_ name: String, to found: inout [DerivedField], _ path: inout [String]) throws(PlanningError) {
        guard !found.contains(where: { $0.name == name }), let field = mapping.runtime[name] else { return }
        guard !path.contains(name) else { throw .cyclicRuntimeFields(path + [name]) }
        path.append(name)
        defer { path.removeLast() }
        var computation = DerivedField.Computation.source
        if let definition = field.script {
            let script = Script(
                definition.source, parameters: ScriptParameters(definition.parameters.object ?? [:]))
            let parameters = Self.text(script.parameters)
            for other in mapping.runtime.named.keys.sorted()
            where Self.asks(script.source, for: other) || parameters.contains("\"\(other)\"") {
                try add(other, to: &found, &path)
            }
            let type = field.field.type.emittedType
            do {
                let purpose = field.part.map { ValueScript.Purpose.part(type, $0.name) } ?? .field(type)
                computation = .script(try ValueScript(script, for: purpose) { [self] in columnKind($0) })
            } catch {
                throw .computedScript(error)
            }
        }
        found.append(DerivedField(name: name, field: field.field, computation: computation, ignoresErrors: field.ignoresErrors))
    }

    /// Whether a field's name stands in a script as a string, or as a member of `doc`.
    static func asks(_ source: String, for name: String) -> Bool {
        source.contains("'\(name)'") || source.contains("\"\(name)\"") || source.contains("doc.\(name)")
    }
}
