/// One file of TorchScript's code: its classes' methods and its functions, parsed when they are asked for.
struct ScriptSource {
    private struct Definition {
        let header: ScriptLexer.Line
        let body: Range<Int>
    }

    private let lines: [ScriptLexer.Line]
    /// By name; methods as `Class.method`.
    private var definitions: [String: Definition] = [:]

    init(_ text: [UInt8]) throws(ScriptLexer.Malformed) {
        lines = try ScriptLexer.lines(text)
        var type: (name: String, indentation: Int)?
        for (index, line) in lines.enumerated() {
            if let current = type, line.indentation <= current.indentation { type = nil }
            guard line.tokens.count >= 2, case .name(let name) = line.tokens[1] else { continue }
            if line.tokens[0] == .name("class") {
                type = (name, line.indentation)
            } else if line.tokens[0] == .name("def") {
                let end = lines[(index + 1)...].firstIndex { $0.indentation <= line.indentation } ?? lines.endIndex
                let full = type.map { "\($0.name).\(name)" } ?? name
                definitions[full] = Definition(header: line, body: (index + 1)..<end)
            }
        }
    }

    func function(_ name: String) throws(ScriptLexer.Malformed) -> ScriptFunction? {
        guard let definition = definitions[name] else { return nil }
        return ScriptFunction(
            parameters: ScriptParser.parameters(definition.header),
            body: try ScriptParser.body(lines[definition.body]))
    }
}
