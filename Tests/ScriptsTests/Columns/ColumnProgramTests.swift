import JSON
import TestSupport
import Testing

@testable import Scripts

/// A script computed of columns gives what its run for each document gives.
@Suite struct ColumnProgramTests {
    private static let kinds: [String: ColumnKind] = [
        "n": .longs, "m": .longs, "f": .doubles, "g": .doubles, "b": .booleans, "d": .dates, "k": .others,
    ]

    /// Some values are missing, some are far from zero.
    private static func documents(_ generator: inout SeededGenerator) -> [Document] {
        (0..<200).map { _ in
            var document = Document()
            func long() -> [Int64] {
                let values: [[Int64]] = [[], [0], [1], [-7], [Int64.random(in: -50...50, using: &generator)], [3_000_000_000], [.max], [2, 5]]
                return values[Int.random(in: 0..<values.count, using: &generator)]
            }
            func double() -> [Double] {
                let values: [[Double]] = [[], [0], [-0.5], [Double.random(in: -9...9, using: &generator)], [1e300], [1, 2]]
                return values[Int.random(in: 0..<values.count, using: &generator)]
            }
            document.fields = [
                "n": .longs(long()), "m": .longs(long()), "f": .doubles(double()), "g": .doubles(double()),
                "b": .booleans(Bool.random(using: &generator) ? [true] : []), "d": .dates(long().filter { $0 < 1 << 40 }),
                "k": .strings(Bool.random(using: &generator) ? ["a", "b"] : []),
            ]
            return document
        }
    }

    private static func inputs(_ wanted: [ColumnInput], _ documents: [Document], _ scores: [Float]) -> ColumnInputs {
        let columns = wanted.map { input -> ColumnValues in
            let values = documents.map { $0.fields[input.field] }
            func counts() -> [Int64] {
                values.map { value in
                    switch value {
                    case .longs(let values)?, .dates(let values)?: Int64(values.count)
                    case .doubles(let values)?: Int64(values.count)
                    case .booleans(let values)?: Int64(values.count)
                    case .strings(let values)?: Int64(values.count)
                    default: 0
                    }
                }
            }
            if input.part == .count { return ColumnValues(.longs(counts())) }
            let missing = counts().map { $0 == 0 }
            if case .doubles? = values.first ?? nil {
                return ColumnValues(
                    .doubles(values.map { if case .doubles(let values)? = $0 { values.first ?? 0 } else { 0 } }), missing: missing)
            }
            return ColumnValues(
                .longs(
                    values.map { value in
                        switch value {
                        case .longs(let values)?, .dates(let values)?: values.first ?? 0
                        case .booleans(let values)?: values.first == true ? 1 : 0
                        default: 0
                        }
                    }), missing: missing)
        }
        return ColumnInputs(count: documents.count, fields: columns, scores: scores)
    }

    private static let parameters = ScriptParameters(["k": 2, "x": 0.5, "big": 5_000_000_000, "zero": 0])

    /// - Returns: whether it is computed of columns at all.
    private func compare(_ source: String, _ documents: [Document], sourceLocation: SourceLocation = #_sourceLocation) throws -> Bool {
        let script = try ScoreScript(Script(source, parameters: Self.parameters)) { Self.kinds[$0] }
        guard script.isColumnar else { return false }
        let scores = documents.indices.map { Float($0 % 4) * 0.5 }
        let (together, invalid) = try #require(script.score(Self.inputs(script.columnInputs, documents, scores)))
        let runner = script.makeRunner()
        var isCondition = false
        if case .condition? = script.columns?.root { isCondition = true }
        for (index, document) in documents.enumerated() where !invalid.contains(index) {
            guard let alone = try Self.alone(runner, document, scores[index], isCondition: isCondition) else { continue }
            let isSame = Float(alone) == together[index] || (alone.isNaN && together[index].isNaN)
            #expect(isSame, "\(source): \(alone), \(together[index]) for \(document.fields)", sourceLocation: sourceLocation)
            if !isSame { return true }
        }
        return true
    }

    /// Nil for a condition, which is no score.
    private static func alone(
        _ runner: ScoreScript.Runner, _ document: Document, _ score: Float, isCondition: Bool
    ) throws -> Double? {
        if isCondition { return nil }
        return try runner.score(document, score: score)
    }

    @Test(arguments: [
        "doc['n'].value", "doc['n'].value + 1", "doc['n'].value / 2", "doc['n'].value % doc['m'].value", "doc['n'].value * 0.5 + _score",
        "doc['f'].size() == 0 ? 0 : doc['f'].value", "(doc['n'].size() == 0 ? 0 : doc['n'].value) * 3",
        "(doc['f'].size() == 0 ? 0 : doc['f'].value) * 2147483647", "doc['f'].empty ? 1.5 : Math.log(2 + Math.abs(doc['f'].value))",
        "if (doc['n'].empty || doc['m'].empty) { return 0; } return doc['n'].value - doc['m'].value;",
        "if (doc['n'].empty) return -1; else if (doc['n'].value > 5) { return 1 } else { long x = doc['n'].value; return x * x; }",
        "doc['d'].size() > 0 ? doc['d'].value.toInstant().toEpochMilli() / 1000 : 0", "doc['d'].value.getMillis() - 5",
        "doc['k'].length * params.k + doc['n'].length", "doc.n.value + doc['f'].value", "Math.max(doc['n'].value, doc['m'].value)",
        "Math.max(doc['n'].value, 0.5)", "Math.min(1, doc['n'].size())", "Math.abs(doc['n'].value)", "Math.round(doc['f'].value * 10)",
        "(double) doc['n'].value / 2", "(long) doc['f'].value / 2", "-doc['n'].value", "doc['b'].size() > 0 && doc['b'].value ? 2 : 3.5",
        "!(doc['n'].size() == 0) ? doc['n'].value : params.big", "saturation(doc['f'].value, 2) + sigmoid(doc['n'].value, 2, 1)",
        "double x = doc['n'].value; x / 2", "def x = doc['n'].size(); x / 2", "doc['n'].value + params.big * params.k",
        "doc['n'].value == doc['m'].value ? 1 : 0", "Math.pow(doc['f'].value, 2) - doc['g'].value * doc['g'].value",
        "decayNumericGauss(0, 10, 1, 0.5, doc['f'].value)", "params.zero == 0 ? doc['f'].value : 1.0",
    ])
    func agreesWithTheRun(_ source: String) throws {
        var generator = SeededGenerator(seed: 7)
        #expect(try compare(source, Self.documents(&generator)), "\(source) is not columnar")
    }

    @Test func randomExpressions() throws {
        var generator = SeededGenerator(seed: 42)
        let documents = Self.documents(&generator)
        var columnar = 0
        for _ in 0..<1500 {
            let source = Self.number(&generator, depth: 4)
            if try compare(source, documents) { columnar += 1 }
        }
        // Those that may divide two integers or decimals are not.
        #expect(columnar > 600)
    }

    private static func number(_ generator: inout SeededGenerator, depth: Int) -> String {
        let leaves = [
            "doc['n'].value", "doc['m'].value", "doc['f'].value", "doc['g'].value", "doc['n'].size()", "doc['f'].length", "params.k",
            "params.x", "params.big", "_score", "1", "0", "2.5", "3L", "-4", "2147483647",
        ]
        guard depth > 0, Int.random(in: 0..<5, using: &generator) > 0 else { return leaves.randomElement(using: &generator) ?? "1" }
        let a = number(&generator, depth: depth - 1), b = number(&generator, depth: depth - 1)
        switch Int.random(in: 0..<10, using: &generator) {
        case 0...4:
            let operation = ["+", "-", "*", "/", "%"].randomElement(using: &generator) ?? "+"
            return "(\(a) \(operation) \(b))"
        case 5: return "(\(condition(&generator, depth: depth - 1)) ? \(a) : \(b))"
        case 6: return "Math.\(["max", "min"].randomElement(using: &generator) ?? "max")(\(a), \(b))"
        case 7: return "Math.abs(\(a))"
        case 8: return "-(\(a))"
        default: return "(double) (\(a))"
        }
    }

    private static func condition(_ generator: inout SeededGenerator, depth: Int) -> String {
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return "doc['n'].size() == 0"
        case 1: return "doc['f'].empty"
        case 2 where depth > 0: return "(\(condition(&generator, depth: depth - 1)) && \(condition(&generator, depth: depth - 1)))"
        case 3 where depth > 0: return "(\(condition(&generator, depth: depth - 1)) || !(\(condition(&generator, depth: depth - 1))))"
        default:
            let operation = ["<", "<=", ">", ">=", "==", "!="].randomElement(using: &generator) ?? "<"
            return "\(number(&generator, depth: max(0, depth - 1))) \(operation) \(number(&generator, depth: max(0, depth - 1)))"
        }
    }

    @Test func whatIsMissingIsNamed() throws {
        let script = try ValueScript(Script("doc['n'].value / doc['m'].value > 1"), for: .filter) { Self.kinds[$0] }
        let documents: [Document] = [
            Document(fields: ["n": .longs([4]), "m": .longs([2])]), Document(fields: ["n": .longs([4]), "m": .longs([0])]),
            Document(fields: ["n": .longs([]), "m": .longs([1])]),
        ]
        let (flags, invalid) = try #require(script.matches(Self.inputs(script.columnInputs ?? [], documents, [])))
        #expect(flags[0])
        #expect(invalid == [1, 2])
    }

    @Test func emittedNumbersAreColumns() throws {
        let script = try ValueScript(Script("emit(doc['n'].value * 2)"), for: .field(.long)) { Self.kinds[$0] }
        let documents = [Document(fields: ["n": .longs([4])])]
        let (numbers, invalid) = try #require(script.numbers(Self.inputs(script.columnInputs ?? [], documents, [])))
        #expect(invalid.isEmpty)
        guard case .longs(let longs) = numbers else {
            Issue.record("decimals")
            return
        }
        #expect(longs == [8])
    }
}
