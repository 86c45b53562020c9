public import JSON

/// The four scripts of a `scripted_metric`: what a shard begins with, adds of each document, and gives; and what is made of
/// all shards' values.
public final class ScriptedMetric: Hashable, Sendable {
    private let initial: CompiledScript?
    private let map: CompiledScript
    private let combine: CompiledScript
    private let reduce: CompiledScript
    private let parameters: ScriptParameters

    /// - Parameter parameters: of all four, beside their own.
    /// - Throws: `ScriptError`.
    public init(
        initial: Script?, map: Script, combine: Script, reduce: Script, parameters: ScriptParameters
    ) throws(ScriptError) {
        self.initial = try initial.map { (script) throws(ScriptError) in try CompiledScript(script, .metric) }
        self.map = try CompiledScript(map, .metric)
        self.combine = try CompiledScript(combine, .metric)
        self.reduce = try CompiledScript(reduce, .metric)
        self.parameters = parameters
    }

    private var scripts: [Script?] { [initial?.script, map.script, combine.script, reduce.script] }

    public static func == (left: ScriptedMetric, right: ScriptedMetric) -> Bool {
        left.scripts == right.scripts && left.parameters == right.parameters
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(scripts) }

    /// Whether documents' sources are asked for.
    public var readsSource: Bool { map.script.source.contains("_source") }

    /// Begins on a shard.
    ///
    /// - Throws: `ScriptError`.
    public func begin() throws(ScriptError) -> Run { try Run(self) }

    /// The work on one shard's documents. Not to be shared.
    public final class Run {
        private let metric: ScriptedMetric
        private let state = ScriptMap()
        private let parameters: ScriptMap
        private let mapper: DocumentRunner

        fileprivate init(_ metric: ScriptedMetric) throws(ScriptError) {
            self.metric = metric
            parameters = ScriptMap(
                metric.parameters.members.map { (ScriptMap.Key.string($0.name), $0.value.scriptValue(isFrozen: false)) })
            mapper = DocumentRunner(metric.map, parameters: Self.merged(parameters, metric.map), keepsValues: true)
            mapper.environment.globals["state"] = .map(state)
            if let initial = metric.initial { try run(initial) { (_, _) throws(ScriptFault) in } }
        }

        private static func merged(_ parameters: ScriptMap, _ script: CompiledScript) -> ScriptMap {
            let own = script.frozenParameters()
            if own.count == 0 { return parameters }
            return ScriptMap(own.pairs.map { ($0.key, $0.value) } + parameters.pairs.map { ($0.key, $0.value) })
        }

        private func run<Result>(
            _ script: CompiledScript, _ use: (ScriptValue, Interpreter) throws(ScriptFault) -> Result
        ) throws(ScriptError) -> Result {
            let runner = DocumentRunner(script, parameters: Self.merged(parameters, script), keepsValues: true)
            kept.append(runner)
            runner.environment.globals["state"] = .map(state)
            return try runner.run(NoDocumentValues(), use)
        }

        /// What the scripts made stays as long as the state does.
        private var kept: [DocumentRunner] = []

        /// - Throws: `ScriptError`.
        public func add(_ document: any DocumentValues, score: Float) throws(ScriptError) {
            try mapper.run(document, score: Double(score)) { (_, _) throws(ScriptFault) in }
        }

        /// What the shard gives.
        ///
        /// - Throws: `ScriptError`.
        public func finish() throws(ScriptError) -> JSONValue {
            try run(metric.combine) { (value, run) throws(ScriptFault) in try value.json(run.budget) }
        }
    }

    /// What is made of the shards' values.
    ///
    /// - Throws: `ScriptError`.
    public func reduce(_ states: [JSONValue]) throws(ScriptError) -> JSONValue {
        let members = parameters.members.map { (ScriptMap.Key.string($0.name), $0.value.scriptValue(isFrozen: true)) }
        let own = reduce.frozenParameters().pairs.map { ($0.key, $0.value) }
        let runner = DocumentRunner(reduce, parameters: ScriptMap(isFrozen: true, own + members))
        runner.environment.globals["states"] = .list(ScriptList(states.map { ScriptValue($0) }))
        return try runner.run(NoDocumentValues()) { (value, run) throws(ScriptFault) in try value.json(run.budget) }
    }
}
