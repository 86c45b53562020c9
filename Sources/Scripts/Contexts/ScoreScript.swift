internal import JSON

/// A script that gives a document a score.
public final class ScoreScript: Hashable, Sendable {
    /// A call of a vector function that can be computed for all documents at once.
    public struct VectorCall: Hashable, Sendable {
        public var function: VectorScriptFunction
        public var field: String
        public var query: Query

        /// The query's vector, as the script's parameters have it.
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

    /// - Parameters:
    ///   - kind: how a field's values stand in columns; nil where they do not.
    ///   - isShared: whether a call that all runs make alike can be computed for all documents at once.
    /// - Throws: `ScriptError`.
    public init(
        _ script: Script, kind: @escaping (String) -> ColumnKind? = { _ in nil },
        isShared: @escaping (VectorCall) -> Bool = { _ in true }
    ) throws(ScriptError) {
        let compiled = try CompiledScript(script, .score)
        self.compiled = compiled
        var finder = VectorCallFinder(parameters: script.parameters, count: compiled.program.sites, isShared: isShared)
        finder.visit(compiled.program)
        do {
            try finder.check()
        } catch {
            throw ScriptError(.running, error, script, at: finder.offset)
        }
        vectorCalls = finder.calls
        sites = finder.sites
        columns = ColumnProgram(compiled, sites: finder.sites, kind: kind)
    }

    /// Whether the script can be computed of whole columns.
    public var isColumnar: Bool { columns != nil }

    /// The columns of fields that `score(_:)` needs.
    public var columnInputs: [ColumnInput] { columns?.inputs ?? [] }

    /// Scores of many documents from columns of values; nil for a script that is not columnar.
    ///
    /// - Parameter inputs: with a column for each of `vectorCalls`, and for each of `columnInputs`.
    /// - Returns: scores, and the documents that have none, by their places: the script is to be run for them.
    /// - Complexity: O(documents), a pass for each operation.
    public func score(_ inputs: ColumnInputs) -> (scores: [Float], invalid: [Int])? {
        guard let output = columns?.decimals(inputs) else { return nil }
        return (output.values.map { Float($0) }, output.invalid)
    }

    /// Scores one document after the other.
    public func makeRunner() -> Runner { Runner(self) }

    /// Runs the script for single documents. Not to be shared.
    public final class Runner {
        private let sites: [Int?]
        private let runner: DocumentRunner

        fileprivate init(_ script: ScoreScript) {
            sites = script.sites
            runner = DocumentRunner(script.compiled)
        }

        /// One document alone, whose vectors are compared by the way.
        ///
        /// - Throws: `ScriptError`.
        public func score(_ document: any DocumentValues, score: Float) throws(ScriptError) -> Double {
            runner.environment.columns = nil
            return try run(document, score)
        }

        /// - Parameters:
        ///   - document: its values.
        ///   - score: the query's.
        ///   - column: the value of one of `vectorCalls` for it; nil if it has no vector.
        /// - Throws: `ScriptError`.
        public func score(
            _ document: any DocumentValues, score: Float, column: @escaping (_ call: Int) -> Float?
        ) throws(ScriptError) -> Double {
            let sites = sites
            runner.environment.columns = { (site) throws(ScriptFault) in
                guard sites.indices.contains(site), let call = sites[site] else { return nil }
                guard let value = column(call) else { throw .missingVector }
                return Double(value)
            }
            return try run(document, score)
        }

        private func run(_ document: any DocumentValues, _ score: Float) throws(ScriptError) -> Double {
            try runner.run(document, score: Double(score)) { (value, _) throws(ScriptFault) in
                guard value.numericType != nil else {
                    if value.isNull { throw .nullReference(nil) }
                    throw .cannotCast(from: value.typeName, to: "double")
                }
                return value.double
            }
        }
    }
}
