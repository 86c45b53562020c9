/// A script that is arithmetic of vector functions, numbers of fields, constants and the query's score: computed for many
/// documents at once, an operation after the other, over a few hundred documents at a time.
///
/// Documents for which it has no answer (a value is missing, or it is divided by zero) are named: the script itself is to be
/// run for them, and fails as it should.
final class ColumnProgram: Sendable {
    enum Root: Sendable {
        case decimal(ColumnNode)
        case long(LongNode)
        case condition(ConditionNode)
    }

    /// Fits the nearest cache with the columns between.
    static let chunk = 1024

    let root: Root
    /// What it reads of fields.
    let inputs: [ColumnInput]

    /// - Parameter kind: how a field's values stand in columns; nil where they do not.
    /// - Returns: nil for a script that is more than that.
    init?(_ compiled: CompiledScript, sites: [Int?], kind: @escaping (String) -> ColumnKind?) {
        var builder = ColumnBuilder(compiled: compiled, sites: sites, kind: kind)
        guard let root = builder.build() else { return nil }
        self.root = root
        inputs = builder.inputs
    }

    /// Values by document, and the documents that have none, ascending.
    struct Output<Value> {
        var values: [Value] = []
        var invalid: [Int] = []
    }

    /// Conditions are 1 or 0.
    func decimals(_ inputs: ColumnInputs) -> Output<Double> {
        run(inputs) { (evaluator) in
            switch root {
            case .decimal(let node): evaluator.decimals(node)
            case .long(let node): evaluator.longs(node).map { Double($0) }
            case .condition(let node): evaluator.conditions(node).map { $0 ? 1 : 0 }
            }
        }
    }

    /// Of a root of whole numbers.
    func longs(_ inputs: ColumnInputs) -> Output<Int64>? {
        guard case .long(let node) = root else { return nil }
        return run(inputs) { $0.longs(node) }
    }

    private func run<Value>(_ inputs: ColumnInputs, _ body: (ColumnEvaluator) -> ColumnEvaluator.Lane<Value>) -> Output<Value> {
        var output = Output<Value>()
        output.values.reserveCapacity(inputs.count)
        for start in stride(from: 0, to: inputs.count, by: Self.chunk) {
            let range = start..<min(start + Self.chunk, inputs.count)
            let lane = body(ColumnEvaluator(inputs: inputs, range: range))
            output.values += lane.values
            for (index, isInvalid) in lane.invalid.enumerated() where isInvalid { output.invalid.append(start + index) }
        }
        return output
    }
}
