internal import Mapping
internal import Scripts

extension Planner {
    func plan(_ query: ScriptScoreQuery) throws(PlanningError) -> QueryPlan {
        let inner = try plan(query.query)
        let plan = try scriptPlan(query, inner)
        return inner == .matchNone ? .matchNone : .scriptScore(plan)
    }

    func scriptPlan(_ query: ScriptScoreQuery, _ inner: QueryPlan) throws(PlanningError) -> ScriptScorePlan {
        let source = try resolve(query.script)
        noteRuntimeFields(source)
        let script: ScoreScript
        do {
            script = try ScoreScript(source, kind: { [self] in columnKind($0) }, isShared: { [self] in !weighsBits($0) })
        } catch {
            throw .script(error)
        }
        let calls = try script.vectorCalls.map { call throws(PlanningError) in try plan(call) }
        return ScriptScorePlan(query: inner, script: script, calls: calls, mapping: mapping, minimumScore: query.minimumScore)
    }

    /// Whether a call adds a number for each bit that is set, in place of comparing bytes.
    private func weighsBits(_ call: ScoreScript.VectorCall) -> Bool {
        guard call.function == .dotProduct, case .vector(let values) = call.query,
            case .denseVector(let options)? = mapping.field(call.field)?.type, options.elementType == .bit
        else { return false }
        return values.count == options.dimensions
    }

    private func plan(_ call: ScoreScript.VectorCall) throws(PlanningError) -> ScriptScorePlan.VectorCall {
        guard let field = mapping.field(call.field) else { throw .scriptFieldNotMapped(call.field) }
        guard case .denseVector(let options) = field.type else {
            throw .notAVectorField(field: call.field, type: field.type.name)
        }
        switch (call.function, options.elementType) {
        case (.cosineSimilarity, .bit): throw .cosineOfBits(field: call.field)
        case (.hamming, let type) where !type.isIntegral: throw .hammingOfFloats(field: call.field)
        default: break
        }
        let given: QueryVector =
            switch call.query {
            case .vector(let values): .vector(values)
            case .encoded(let text): .encoded(text)
            }
        let vector = try components(of: given, call.field, options, isScript: true)
        if let problem = options.problem(with: vector, call.function) {
            throw .unusableVector(field: call.field, problem: problem, similarity: .cosine)
        }
        return ScriptScorePlan.VectorCall(function: call.function, field: call.field, vector: vector)
    }
}

extension DenseVectorOptions {
    /// What keeps a script from comparing with the vector, whatever the field's similarity.
    fileprivate func problem(
        with vector: [Float], _ function: VectorScriptFunction
    ) -> DocumentParsingError.VectorProblem? {
        var options = self
        options.isIndexed = false
        if let problem = options.problem(with: vector) { return problem }
        return function == .cosineSimilarity ? directionProblem(with: vector) : nil
    }
}
