internal import JSON
internal import Scripts

/// Compiles a text as a script of every context, and runs what compiles.
enum FuzzScripts {
    private struct Document: DocumentValues {
        func values(of field: String) throws(ScriptFault) -> FieldValues? {
            switch field {
            case "n": .longs([1, 2])
            case "d": .doubles([0.5])
            case "k": .strings(["a", "b"])
            case "t": .dates([1_600_000_000_000])
            case "p": .points([(latitude: 1, longitude: 2)])
            case "v": .vector([1, 2])
            case "none": .longs([])
            default: nil
            }
        }
    }

    private static let parameters = ScriptParameters(["v": [1.0, 2.0], "n": 3, "l": [1, "a", [:]], "o": ["a": nil], "s": "text"])

    private static func kind(_ field: String) -> ColumnKind? {
        switch field {
        case "n": .longs
        case "d": .doubles
        case "t": .dates
        case "k": .others
        default: nil
        }
    }

    private static func column(_ input: ColumnInput) -> ColumnValues {
        switch (input.part, input.field) {
        case (.count, _): ColumnValues(.longs([1, 0, 2]))
        case (.value, "d"): ColumnValues(.doubles([0.5, 0, -1e300]), missing: [false, true, false])
        default: ColumnValues(.longs([1, 0, .min]), missing: [false, true, false])
        }
    }

    static func run(_ source: String) {
        let script = Script(source, parameters: parameters)
        for purpose in [ValueScript.Purpose.value, .filter] {
            guard let script = try? ValueScript(script, for: purpose, kind: kind) else { continue }
            _ = try? script.makeRunner().value(Document())
            let inputs = ColumnInputs(count: 3, fields: (script.columnInputs ?? []).map(column), scores: [1, 2, -1])
            _ = script.matches(inputs)
            _ = script.numbers(inputs)
        }
        if let script = try? ScoreScript(script, kind: kind) {
            _ = try? script.makeRunner().score(Document(), score: 1) { Float($0) }
            _ = script.score(
                ColumnInputs(
                    count: 3, vectors: script.vectorCalls.map { _ in [1, -1, 0] }, fields: script.columnInputs.map(column), constantScore: 1))
        }
        let source: JSONValue = ["n": 1, "l": [1, 2], "o": ["x": "y"], "s": "text", "z": nil]
        if let script = try? UpdateScript(script) { _ = try? script.run(source: source, metadata: .init(["op": "index", "_id": "1"])) }
        if let script = try? IngestScript(script) { _ = try? script.holds(source) }
    }

    static func match(_ text: String) {
        let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard let regex = BoundedRegex(String(parts[0])) else { return }
        let subject = parts.count > 1 ? String(parts[1]) : "aab ab12 x"
        var steps = 50_000
        _ = try? regex.firstMatch(Array(subject.unicodeScalars), &steps)
        _ = try? regex.replacing(subject, with: "$1x${n}", steps: 50_000, bytes: 1 << 20)
    }
}
