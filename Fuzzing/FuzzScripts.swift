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

    static func run(_ source: String) {
        let script = Script(source, parameters: parameters)
        if let script = try? ValueScript(script) { _ = try? script.value(Document(), score: 1) }
        if let script = try? ScoreScript(script) {
            _ = try? script.makeRunner().score(Document(), score: 1) { Float($0) }
            _ = script.score(script.vectorCalls.map { _ in [1, -1, 0] }, scores: [], constantScore: 1, count: 3)
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
