internal import JSON

/// A script that gives a document a score.
public final class ScoreScript: Hashable, Sendable {
    /// A call of a vector function that can be computed for all documents at once.
    public struct VectorCall: Hashable, Sendable {
        public var function: VectorScriptFunction
        public var field: String
        public var query: Query

        public enum Query: Hashable, Sendable {
            case vector([Float])
            /// Hexadecimal or base64: the field says how to read it.
            case encoded(String)
        }
    }

    let compiled: CompiledScript
    /// The calls that all runs make alike.
    public let vectorCalls: [VectorCall]
    /// Which call each site is; nil for one whose arguments change.
    let sites: [Int?]
    /// The script as arithmetic of columns, if it is no more than that.
    let columns: ColumnProgram?

    public var script: Script { compiled.script }

    /// What is read from the same script does the same.
    public static func == (left: ScoreScript, right: ScoreScript) -> Bool { left.script == right.script }

    public func hash(into hasher: inout Hasher) { hasher.combine(script) }

    private static func surroundings(_ language: ScriptLanguage) -> ScriptSurroundings {
        var functions = Dictionary(uniqueKeysWithValues: VectorScriptFunction.allCases.map { ($0.rawValue, 2...2) })
        functions.merge(ScoreFunction.painless) { $1 }
        if language == .expression { functions.merge(ScoreFunction.expression) { $1 } }
        return ScriptSurroundings(globals: ["params", "doc", "_score"], functions: functions)
    }

    /// - Throws: `ScriptError`.
    public init(_ script: Script) throws(ScriptError) {
        let compiled = try CompiledScript(script, Self.surroundings(script.language))
        self.compiled = compiled
        var finder = VectorCallFinder(parameters: script.parameters, count: compiled.program.sites)
        finder.visit(compiled.program)
        do {
            try finder.check()
        } catch {
            throw ScriptError(.running, error, script, at: finder.offset)
        }
        vectorCalls = finder.calls
        sites = finder.sites
        columns = ColumnProgram(compiled, sites: finder.sites)
    }

    /// Whether the script can be computed from vector functions and the query's score alone.
    public var isColumnar: Bool { columns != nil }

    /// Scores of many documents from columns of values, in place of the first of them.
    ///
    /// - Parameters:
    ///   - values: a column for each of `vectorCalls`, all of one length.
    ///   - scores: the query's, or one for all.
    /// - Complexity: O(documents), a pass for each operation.
    public func score(_ values: [[Float]], scores: [Float], constantScore: Float, count: Int) -> [Float]? {
        columns?.run(values, scores: scores, constantScore: constantScore, count: count)
    }

    /// Scores one document after the other.
    ///
    /// - Parameters:
    ///   - document: its values, and the query's score.
    ///   - column: the value of one of `vectorCalls` for it; nil if it has no vector.
    /// - Throws: `ScriptError`.
    public func makeRunner() -> Runner { Runner(self) }

    /// Runs the script for single documents. Not to be shared.
    public struct Runner {
        private let script: ScoreScript
        private let parameters: ScriptValue

        /// One document alone, whose vectors are compared by the way.
        public func score(_ document: any DocumentValues, score: Float) throws(ScriptError) -> Double {
            try run(document, score, sites: []) { _ in nil }
        }

        fileprivate init(_ script: ScoreScript) {
            self.script = script
            parameters = script.compiled.frozenParameters()
        }

        public func score(
            _ document: any DocumentValues, score: Float, column: @escaping (_ call: Int) -> Float?
        ) throws(ScriptError) -> Double {
            try run(document, score, sites: script.sites, column)
        }

        private func run(
            _ document: any DocumentValues, _ score: Float, sites: [Int?], _ column: @escaping (_ call: Int) -> Float?
        ) throws(ScriptError) -> Double {
            let environment = SearchEnvironment(parameters: parameters, document: document, score: Double(score)) {
                (site) throws(ScriptFault) in
                guard sites.indices.contains(site), let call = sites[site] else { return nil }
                guard let value = column(call) else { throw .missingVector }
                return Double(value)
            }
            let run = Interpreter(script.compiled.program, environment)
            do throws(ScriptFault) {
                return try run.run { (value) throws(ScriptFault) in
                    guard value.numericType != nil else {
                        if value.isNull { throw .nullReference(nil) }
                        throw .cannotCast(from: value.typeName, to: "double")
                    }
                    return value.double
                }
            } catch {
                throw script.compiled.error(error, run)
            }
        }
    }
}
